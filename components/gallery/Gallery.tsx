'use client';

import Link from 'next/link';
import { useEffect, type ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import type { Lab } from '../../lib/lab/lab';
import { ActionRunnerProvider } from '../actions/ActionContext';
import { fixtureNow } from '../board/fixtures';
import { en } from '../ui/messages/en';
import { es } from '../ui/messages/es';
import type { Locale } from '../ui/locale';
import { ClockProvider } from '../ui/seconds';
import { useAddress, type GalleryAddress } from './address';
import { refusing } from './runner';
import { scenesFor, type Found } from './scene';
import { sections } from './sections';

/** The gallery stands still: a picture of it is the same tomorrow. */
const frozen = { toPageTime: (serverMs: number) => serverMs, fixedNow: fixtureNow };
const words = { en, es };

/** Every state of every part. Names of scenes are addresses, not sentences, so they are the same in every language. */
export function Gallery({ labs }: { labs: Lab[] }) {
  const address = useAddress();
  useTheme(address?.theme);
  if (!address) return null;
  return (
    <ActionRunnerProvider value={refusing}>
      <ClockProvider value={frozen}>
        <Worded locale={address.locale}>
          <Shown address={address} labs={labs} />
        </Worded>
      </ClockProvider>
    </ActionRunnerProvider>
  );
}

/** For this page only: what the reader has chosen for the board stays as it is. */
function useTheme(theme: GalleryAddress['theme']) {
  useEffect(() => {
    if (!theme) return;
    const { dataset } = document.documentElement;
    const before = dataset.theme;
    dataset.theme = theme;
    return () => {
      if (before) dataset.theme = before;
      else delete dataset.theme;
    };
  }, [theme]);
}

function Worded({ locale, children }: { locale?: Locale; children: ReactNode }) {
  if (!locale) return children;
  return (
    <IntlProvider locale={locale} messages={words[locale]} timeZone="UTC">
      <div lang={locale}>{children}</div>
    </IntlProvider>
  );
}

function Shown({ address, labs }: { address: GalleryAddress; labs: Lab[] }) {
  const found = scenesFor(sections, address.only);
  const [first] = found;
  if (first && first.address === address.only)
    return first.scene.isPage ? first.scene.draw(labs) : <Overview found={found} labs={labs} />;
  return <Overview found={found.length > 0 ? found : scenesFor(sections, '')} labs={labs} />;
}

function Overview({ found, labs }: { found: Found[]; labs: Lab[] }) {
  return (
    <main className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-8 p-5 max-sm:p-3">
      <h1 className="text-2xl font-bold tracking-[-0.03em]">Gallery</h1>
      {found.map(({ address, scene }) => (
        <figure
          key={address}
          id={address}
          data-scene={address}
          className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2"
        >
          <figcaption className="font-mono text-xs">
            <Link href={`?only=${address}`} className="inline-flex min-h-6 items-center text-accent underline">
              {address}
            </Link>
          </figcaption>
          {!scene.isPage && scene.draw(labs)}
        </figure>
      ))}
    </main>
  );
}
