/** Every wait has an end, and a sentence for it: a test that hangs tells nobody anything. Who runs beside others may have more of it. */
export const patienceMs = Number(process.env['PATIENCE'] ?? 10) * 1000;
const oftenMs = 40;

/** Gives what the promise gives, or fails with the sentence. */
export async function inTime<T>(promise: Promise<T>, otherwise: () => string | Promise<string>, timeout = patienceMs): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, timeout, 'late');
  });
  const first = await Promise.race([promise.then((value) => ({ value })), late]).finally(() => clearTimeout(timer));
  if (first !== 'late') return first.value;
  throw new Error(await otherwise());
}

/** Asks until there is an answer: anything but undefined, null and false. What the asking throws counts as no answer yet. */
export async function until<T>(
  ask: () => T | Promise<T>,
  otherwise: (problem: unknown) => string | Promise<string>,
  timeout = patienceMs,
): Promise<NonNullable<T>> {
  const end = Date.now() + timeout;
  for (;;) {
    let problem: unknown;
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
    } catch (error) {
      problem = error; // A page on its way to the next one answers with an error: then it is asked again.
    }
    if (Date.now() > end) throw new Error(await otherwise(problem), { cause: problem });
    await new Promise((resolve) => setTimeout(resolve, oftenMs));
  }
}
