import { expect } from '@open-wc/testing';
import { whenParsed } from '../../src/element/parsed.js';

/** Tasks of no delay keep their order. */
const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** The document as it is while `readyState` says so, and DOMContentLoaded was fired then. */
function pretend(readyState: DocumentReadyState, domContentLoadedEventStart: number): () => void {
  const real = performance.getEntriesByType.bind(performance);
  Object.defineProperty(document, 'readyState', { configurable: true, value: readyState });
  performance.getEntriesByType = () => [{ domContentLoadedEventStart } as PerformanceNavigationTiming];
  return () => {
    Reflect.deleteProperty(document, 'readyState');
    performance.getEntriesByType = real;
  };
}

async function ran(readyState: DocumentReadyState, domContentLoadedEventStart: number): Promise<string[]> {
  const heard: string[] = [];
  const restore = pretend(readyState, domContentLoadedEventStart);
  try {
    whenParsed(() => heard.push('act'));
    heard.push('same task');
    await nextTask();
    document.addEventListener('DOMContentLoaded', () => heard.push('parsed'), { once: true });
    document.dispatchEvent(new Event('DOMContentLoaded'));
    await nextTask();
    document.dispatchEvent(new Event('DOMContentLoaded'));
    await nextTask();
    return heard;
  } finally {
    restore();
  }
}

describe('element/parsed', () => {
  it('waits for every listener of a page that is still being parsed', async () => {
    expect(await ran('loading', 0)).to.deep.equal(['same task', 'parsed', 'act']);
  });

  it('waits for deferred scripts', async () => {
    expect(await ran('interactive', 0)).to.deep.equal(['same task', 'parsed', 'act']);
  });

  it('waits no longer than the next task once they have run', async () => {
    expect(await ran('interactive', 12)).to.deep.equal(['same task', 'act', 'parsed']);
    expect(await ran('complete', 12)).to.deep.equal(['same task', 'act', 'parsed']);
  });

  it('trusts a document that is complete, whatever its timing says', async () => {
    expect(await ran('complete', 0)).to.deep.equal(['same task', 'act', 'parsed']);
  });
});
