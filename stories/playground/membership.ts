/** Who is signed in to Northline: asked of its server, told to whoever wants to know. */
import { find, known, piece } from './page.js';

const address = '/club/session';
const form = find<HTMLFormElement>('#sign-in');
const refused = find('#refused');
let listener = (_member: string | null): void => {};

const isMembers = (value: unknown): value is { member: string | null } => typeof value === 'object' && value !== null && 'member' in value;

function show(member: string | null): void {
  find<HTMLElement>('#member').hidden = member === null;
  find('#member-name').textContent = member;
  form.hidden = member !== null;
  listener(member);
}

/** Asks again: the session may have ended elsewhere. */
export async function refresh(): Promise<void> {
  const told: unknown = await (await fetch(address)).json();
  show(isMembers(told) ? told.member : null);
}

async function signIn(): Promise<void> {
  const body = JSON.stringify(Object.fromEntries(new FormData(form)));
  const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const told = (await answer.json()) as { member?: string; error?: string };
  refused.textContent = told.error ?? '';
  if (told.member) show(told.member);
}

function fill({ login, password }: { readonly login: string; readonly password: string }): void {
  for (const [name, value] of Object.entries({ login, password })) find<HTMLInputElement>(`input[name=${name}]`, form).value = value;
}

/** `onChange` hears at once, and whenever somebody comes or goes. */
export async function membership(onChange: (member: string | null) => void): Promise<void> {
  listener = onChange;
  const [first, ...others] = known.members;
  if (first) fill(first);
  find('#others').append(
    ...others.map((member) => {
      const button = piece('button', '', member.name);
      button.type = 'button';
      button.addEventListener('click', () => {
        fill(member);
        form.requestSubmit();
      });
      return button;
    }),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void signIn();
  });
  find('#sign-out').addEventListener('click', () => void fetch(address, { method: 'DELETE' }).then(refresh));
  await refresh();
}
