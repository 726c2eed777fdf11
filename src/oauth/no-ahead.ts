/** In the file for a script tag nothing is on its way when somebody clicks. */
export const takeAhead = (): null => null;
