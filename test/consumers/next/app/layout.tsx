import type { ReactNode } from 'react';
// Keeps the element's room until it is there.
import 'wearable-connect/dist/wearable-connect.css';

export const metadata = { title: 'Wearable Connect in Next' };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
