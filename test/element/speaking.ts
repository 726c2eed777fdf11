/** Runs this in a browser that is set to these languages. */
export function speaking<Result>(languages: readonly string[], run: () => Result): Result {
  Object.defineProperty(navigator, 'languages', { configurable: true, value: languages });
  try {
    return run();
  } finally {
    Reflect.deleteProperty(navigator, 'languages');
  }
}
