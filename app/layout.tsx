import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { LiveProvider } from '../components/live/LiveProvider';
import { I18nProvider } from '../components/ui/I18nProvider';
import { themeScript } from '../components/ui/theme';
import { fontVariables } from './fonts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Ordinal', template: '%s · Ordinal' },
  description: 'A live board for learning StatefulSets: pods, ordinals, claims, volumes and DNS as they change.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#111930' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The script below and the reader's language change attributes of this element before React sees it.
    <html lang="en" className={fontVariables} suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <LiveProvider basePath={process.env.NEXT_PUBLIC_BASE_PATH ?? ''}>
          <I18nProvider>{children}</I18nProvider>
        </LiveProvider>
      </body>
    </html>
  );
}
