import { written } from './pages.js';
export const outOfDate = (): string[] => written().filter(({ is, should }) => is !== should).map(({ file }) => file);
