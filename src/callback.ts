/** The landing page's script: the first and only one on it. Without a DOM it does nothing. */
import { land, takeAnswer } from './oauth/landing.js';

if (typeof document === 'object')
  void land(takeAnswer(), (what, onward) => {
    const line = document.querySelector('p') ?? document.body.appendChild(document.createElement('p'));
    // Fixed sentences: what the address says is never shown (it could be anybody's text on the host's domain). Whether it
    // went well is not known here, so neither of them says so.
    document.title = line.textContent = what === 'return' ? 'Go back to the page where you started.' : 'You can close this window.';
    const button = document.querySelector('button');
    if (!onward || !button) return;
    button.hidden = false;
    button.onclick = onward;
  });
