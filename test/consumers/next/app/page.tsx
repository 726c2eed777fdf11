import { Connect } from './connect';

/** A server component: what is rendered anew at each request is around the widget. */
export const dynamic = 'force-dynamic';

export default function Page() {
  return (
    <main>
      <p>Good day, it is {new Date().toISOString().slice(0, 10)}.</p>
      <Connect />
      <p>What is below keeps its place.</p>
    </main>
  );
}
