'use client';

import { ArrowRight, Layers, Ungroup } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ComparedSide, ComparisonView } from '../../../lib/board/model';
import { AgeIn } from '../../ui/Age';
import { PodName } from './PodName';

/** A set and the Deployment of the same app, aspect by aspect: by which rule each goes, and what was seen of it here. */
export function Comparison({ comparison }: { comparison: ComparisonView }) {
  const t = useTranslations('comparison');
  const { uid, set, deployment } = comparison;
  const id = `comparison-${uid}`;
  return (
    <section
      aria-labelledby={id}
      data-testid="comparison"
      data-set={set.name}
      data-deployment={deployment.name}
      className="workloads-comparison rounded-2xl border border-line bg-panel p-4 shadow-(--shadow) max-sm:p-3"
    >
      <h2 id={id} className="text-base font-bold tracking-[-0.02em]">
        {t('title')}
      </h2>
      <p className="mb-2 text-xs text-muted">{t('note')}</p>
      <table className="w-full table-fixed border-collapse text-left align-top text-[0.8125rem] max-sm:block">
        <thead className="max-sm:block">
          <tr className="max-sm:grid max-sm:grid-cols-2">
            <td className="w-32 max-sm:hidden" />
            <Head icon={Layers} kind="StatefulSet" name={set.name} />
            <Head icon={Ungroup} kind="Deployment" name={deployment.name} />
          </tr>
        </thead>
        <tbody className="max-sm:block">
          <Row
            aspect="names"
            set={<Names side={set} rule="namesSet" />}
            deployment={<Names side={deployment} rule="namesLoose" />}
          />
          <Row
            aspect="after"
            set={<Replaced side={set} rule="sameName" />}
            deployment={<Replaced side={deployment} rule="otherName" />}
          />
          <Row aspect="place" set={<Places side={set} />} deployment={<NoPlaces side={deployment} />} />
          <Row
            aspect="claim"
            set={<Claims side={set} rule="claimEach" />}
            deployment={<Claims side={deployment} rule="claimShared" />}
          />
          <Row aspect="order" set={<Order side={set} />} deployment={<Order side={deployment} />} />
          <Row aspect="dns" set={<OwnName side={set} />} deployment={<NoOwnName side={deployment} />} />
        </tbody>
      </table>
    </section>
  );
}

function Head({ icon: Icon, kind, name }: { icon: typeof Layers; kind: string; name: string }) {
  return (
    <th scope="col" className="min-w-0 px-2 py-1.5 font-semibold">
      <span className="flex flex-wrap items-center gap-x-1.5">
        <Icon aria-hidden size={14} className="shrink-0 text-faint" />
        <span className="font-mono break-all">{name}</span>
        <span className="text-xs font-medium text-faint">{kind}</span>
      </span>
    </th>
  );
}

type Aspect = 'names' | 'after' | 'place' | 'claim' | 'order' | 'dns';

function Row({ aspect, set, deployment }: { aspect: Aspect; set: ReactNode; deployment: ReactNode }) {
  const t = useTranslations('comparison.aspect');
  const cell = 'min-w-0 px-2 py-2 align-top';
  return (
    <tr className="border-t border-line max-sm:grid max-sm:grid-cols-2" data-aspect={aspect}>
      <th
        scope="row"
        className="py-2 pr-2 align-top text-xs font-semibold text-muted max-sm:col-span-2 max-sm:px-2 max-sm:pb-0"
      >
        {t(aspect)}
      </th>
      <td className={cell}>{set}</td>
      <td className={cell}>{deployment}</td>
    </tr>
  );
}

const Rule = ({ children }: { children: ReactNode }) => <p className="font-semibold">{children}</p>;
const Seen = ({ children }: { children: ReactNode }) => <div className="text-xs text-muted">{children}</div>;
const Unseen = ({ children }: { children: ReactNode }) => (
  <p data-unseen className="text-xs text-faint italic">
    {children}
  </p>
);

interface Side {
  side: ComparedSide;
}

function Names({ side, rule }: Side & { rule: 'namesSet' | 'namesLoose' }) {
  const t = useTranslations('comparison');
  return (
    <>
      <Rule>{t(rule)}</Rule>
      {side.count === 0 ? (
        <Unseen>{t('noPods')}</Unseen>
      ) : (
        <Listed items={side.pods.map((name) => ({ name }))} all={side.count} />
      )}
    </>
  );
}

/** At most six are named; the rest is counted. */
function Listed({ items, all }: { items: { name: string; note?: ReactNode }[]; all: number }) {
  const t = useTranslations('comparison');
  return (
    <ul className="text-xs text-muted">
      {items.map(({ name, note }) => (
        <li key={name} className="min-w-0">
          <PodName name={name} /> {note !== undefined && <span className="ml-1">{note}</span>}
        </li>
      ))}
      {all > items.length && <li className="text-faint">{t('more', { count: all - items.length })}</li>}
    </ul>
  );
}

function Replaced({ side: { replaced }, rule }: Side & { rule: 'sameName' | 'otherName' }) {
  const t = useTranslations('comparison');
  return (
    <>
      <Rule>{t(rule)}</Rule>
      {!replaced && <Unseen>{t('notReplaced')}</Unseen>}
      {replaced && (
        <Seen>
          <s className="decoration-gone">
            <PodName name={replaced.former} />
          </s>
          <Becomes />
          <PodName name={replaced.successor} className="text-ink" />
          <p>
            {replaced.ip !== '' && replaced.formerIp !== '' && (
              <span className="font-mono">
                {replaced.formerIp}
                <Becomes />
                {replaced.ip} ·{' '}
              </span>
            )}
            <AgeIn since={replaced.at}>{(age) => t('ago', { age })}</AgeIn>
          </p>
        </Seen>
      )}
    </>
  );
}

function Becomes() {
  const t = useTranslations('comparison');
  return (
    <>
      <ArrowRight aria-hidden size={12} className="mx-1 inline align-[-0.125em]" />
      <span className="sr-only"> {t('then')} </span>
    </>
  );
}

function Places({ side: { places, emptyPlaces } }: Side) {
  const t = useTranslations('comparison');
  const names = emptyPlaces.join(', ');
  return (
    <>
      <Rule>{t('placeKept')}</Rule>
      <Seen>{t('places', { count: places })}</Seen>
      {emptyPlaces.length > 0 && <Seen>{t('placesEmpty', { names })}</Seen>}
    </>
  );
}

function NoPlaces({ side: { gone = 0 } }: Side) {
  const t = useTranslations('comparison');
  return (
    <>
      <Rule>{t('placeNone')}</Rule>
      {gone === 0 ? <Unseen>{t('noneGone')}</Unseen> : <Seen>{t('gone', { count: gone })}</Seen>}
    </>
  );
}

function Claims({ side: { claims, claimCount }, rule }: Side & { rule: 'claimEach' | 'claimShared' }) {
  const t = useTranslations('comparison');
  if (claimCount === 0) return <Rule>{t('claimNone')}</Rule>;
  const items = claims.map(({ name, use }) => ({
    name,
    note: use ? t('claimOf', { count: use.count, pod: use.pods[0] ?? '' }) : t('claimUnused'),
  }));
  return (
    <>
      <Rule>{t(rule)}</Rule>
      <Listed items={items} all={claimCount} />
    </>
  );
}

/** As the cluster dates them: what it did, not what it is said to do. */
function Order({ side: { created, count } }: Side) {
  const t = useTranslations('comparison');
  if (!created) return <Unseen>{t('noOrder')}</Unseen>;
  const isOnce = created.every(({ afterMs }) => afterMs === 0);
  if (isOnce) return <Rule>{t('sameSecond', { count: created.length })}</Rule>;
  const items = created.map(({ name, afterMs }) => ({
    name,
    note: afterMs === 0 ? t('first') : t('later', { seconds: Math.round(afterMs / 1000) }),
  }));
  return <Listed items={items} all={Math.max(count, items.length)} />;
}

function OwnName({ side: { dns } }: Side) {
  const t = useTranslations('comparison');
  if (!dns) return <Unseen>{t('noAnswer')}</Unseen>;
  return (
    <>
      <Rule>{t('dnsEach')}</Rule>
      <Seen>
        <span className="font-mono break-words">
          {dns.name}
          <Becomes />
          {dns.addresses.join(', ')}
        </span>
      </Seen>
    </>
  );
}

function NoOwnName({ side: { service } }: Side) {
  const t = useTranslations('comparison');
  return (
    <>
      <Rule>{t('dnsNone')}</Rule>
      {service ? (
        <Seen>{t('service', { name: service.name, ip: service.clusterIP, count: service.ready })}</Seen>
      ) : (
        <Unseen>{t('noService')}</Unseen>
      )}
    </>
  );
}
