/** Said in another app’s browser and in a frame of another site, and brought by the part for those. */
export const elsewhere = {
  inApp: 'If a sign-in fails inside this app, open this page in your browser.',
  openInBrowser: 'Open in your browser',
  copyLink: 'Copy the link',
  copied: 'Link copied',
  apart: 'This page can’t hear from that window. Close it and open another.',
  relay: 'One more step: sign in to {source} here.',
  goOnTo: 'Go on to {source}',
  noWindows: 'This page may not open windows here. Copy its link and open it in a tab of its own.',
  openInTab: 'Open in a tab',
};
