/** Said from the first moment on. */
export const early = {
  title: 'Connect your wearable',
  trigger: 'Connect a wearable',
  newWindow: 'opens a new window',
  poweredBy: 'Powered by {platform}',
  landed: 'You can close this window.',
  loading: 'One moment',
  choose: 'Choose what you wear and sign in: your activities come here.',
  trust: 'This site never sees your password.',
  nothingToChoose: 'There is nothing to connect here yet.',
  inTheApp: 'In the app on your phone',
  otherWays: 'Other ways to sign in',
  tryAgain: 'Try again',
  continueHere: 'Continue in this tab',
  confirmingTitle: 'Almost there',
  failedTitle: 'That did not work',
  error_network: 'We could not reach the service. Please try again.',
};
