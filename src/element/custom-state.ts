/** `:state(choosing)` and its like. Engines before 2024 only know states whose names begin with dashes, and throw at ours. */
export function createCustomState(element: HTMLElement): (name: string) => void {
  let states: CustomStateSet | null = null;
  return (name) => {
    try {
      states ??= element.attachInternals().states;
      if (states.has(name)) return;
      states.clear();
      states.add(name);
    } catch {
      // Styling by state is all that is lost.
    }
  };
}
