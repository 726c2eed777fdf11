import { createConnector, WearableTokensEvent } from 'wearable-connect';

/** @type {HTMLElement} */
const place = document.querySelector('#wearables') ?? document.body;

const connector = createConnector({
  clientId: place.dataset.clientId ?? null,
  baseUrl: place.dataset.baseUrl ?? null,
  redirectUri: '/wearable-callback.html',
  dispatch: (event) => {
    if (event instanceof WearableTokensEvent) console.log('signed in until', event.detail.expiresAt);
  },
});

/** @type {(words: string, act: () => unknown) => HTMLButtonElement} */
const button = (words, act) => Object.assign(document.createElement('button'), { textContent: words, onclick: act });
const bar = Object.assign(document.createElement('progress'), { ariaLabel: 'History' });
const names = () => connector.state.account?.connections.map(({ name }) => name).join(', ');
const arrived = { success: 'all is here', partial: 'a part of the history is here', unknown: 'more may follow' };

/** What there is to see in each phase. @type {(state: import('wearable-connect').State) => (string | HTMLElement)[]} */
function view(state) {
  switch (state.phase) {
    case 'loading': return ['One moment …'];
    case 'choosing': return (state.sources ?? []).map(({ id, name }) => button(`Connect ${name}`, () => connector.connect(id)));
    case 'authorizing': return state.sight === 'blocked'
      ? [button('Open the window', () => connector.again(false)), button('Continue in this tab', () => connector.again(true))]
      : ['Finish in the window.', button('Show it', () => connector.show()), button('Cancel', () => connector.back())];
    case 'confirming': return ['Almost there …'];
    case 'syncing': return [`Connected: ${names()}. `, bar, button('Disconnect', () => connector.disconnect())];
    case 'connected': return [`Connected: ${names()}, and ${arrived[state.outcome ?? 'unknown']}.`, button('Disconnect', () => connector.disconnect())];
    case 'failed': return [`That did not work (${state.error.code}).`, button('Try again', () => connector.retry()), button('Back', () => connector.back())];
  }
}

let drawn = '';
function draw() {
  const { state } = connector;
  const ratio = state.progress?.ratio ?? null;
  if (ratio === null) bar.removeAttribute('value'); // nobody knows: a bar without a value
  else bar.value = ratio;
  // Only what looks different is drawn again, so a button that has the focus keeps it.
  const looks = JSON.stringify([state.phase, state.phase === 'authorizing' && state.sight, names()]);
  if (looks === drawn) return;
  drawn = looks;
  place.replaceChildren(...view(state));
}

connector.subscribe(draw);
draw();
connector.start();
