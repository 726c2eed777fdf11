/** The landing page's script: the first and only one on it. Without a DOM it does nothing. */
import { land, takeAnswer } from './oauth/landing.js';

// Fixed sentences: what the address says is never shown (it could be anybody's text on the host's domain).
const sentences = {
  finishing: 'Finishing…',
  done: 'You are connected. You can close this window.',
  return: 'Almost there. Go back to the page where you started.',
  idle: 'This page finishes a connection. You can close it.',
} as const;

if (typeof document === 'object' && typeof location === 'object')
  void land(takeAnswer(), (what, onward) => {
    const line = document.querySelector('p') ?? document.body.appendChild(document.createElement('p'));
    line.textContent = sentences[what];
    if (!onward) return;
    const button = document.createElement('button');
    button.textContent = 'Continue here';
    button.addEventListener('click', onward);
    line.after(button);
  });
