import type { Progress } from '../../core/nouns.js';
import { progressFrom } from './answers.js';

/** Where several sources load at once, a bar that shows now one and now the other says nothing: they take turns, the eldest first. */
export function createTurns() {
  const running = new Map<string | null, Progress>();
  const first = (): readonly Progress[] => [...running.values()].slice(0, 1);

  return {
    /** What is to be told after one more was heard. */
    take(progress: Progress): readonly Progress[] {
      const { source, stage } = progress;
      if (stage !== 'done' && stage !== 'failed') {
        running.set(source, progress);
        return first()[0] === progress ? [progress] : [];
      }
      running.delete(source);
      return [progress, ...first()];
    },

    /** The connection to whoever tells was lost, or found again. */
    live(live: boolean): readonly Progress[] {
      for (const [source, progress] of running) running.set(source, { ...progress, live });
      // Of nothing that runs there is still this to say: nobody knows how things stand.
      return running.size ? first() : [progressFrom({ stage: 'waiting', live })];
    },
  };
}
