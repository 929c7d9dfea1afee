'use client';

import { useTranslations } from 'use-intl';
import type { ClaimView, Misfit, MisfitReason } from '../../../lib/board/model';
import { shortVolume } from '../words';

interface WhyUnboundProps {
  claim: ClaimView;
  /** Kubernetes' own words stand elsewhere already. */
  isMessageShown?: boolean;
}

/** Why a claim has no volume: what has to happen, what is against each volume there is, and Kubernetes' own words. */
export function WhyUnbound({ claim, isMessageShown = false }: WhyUnboundProps) {
  const t = useTranslations('unbound');
  const why = useTranslations('why');
  const { unbound, waitsFor } = claim;
  if (!unbound) return null;
  const { code, subject, misfits, more, takenElsewhere } = unbound;
  return (
    <div className="mt-1.5 min-w-0 text-note" data-testid="why-unbound" data-code={code}>
      <p className="font-medium break-words text-wait">{t(code, { subject: subject ?? '' })}</p>
      {misfits.length > 0 && (
        <ul className="mt-1 grid gap-1" aria-label={t('misfits', { claim: claim.name })}>
          {misfits.map((misfit) => (
            <MisfitRow key={misfit.name} misfit={misfit} />
          ))}
        </ul>
      )}
      {more > 0 && <p className="mt-1 text-faint">{t('more', { count: more })}</p>}
      {takenElsewhere > 0 && <p className="mt-1 text-faint">{t('takenElsewhere', { count: takenElsewhere })}</p>}
      {waitsFor?.message && !isMessageShown && (
        <details className="mt-1">
          <summary className="cursor-pointer text-faint">{why('kubernetes')}</summary>
          <p className="mt-0.5 font-mono break-words text-muted">{waitsFor.message}</p>
        </details>
      )}
    </div>
  );
}

function MisfitRow({ misfit }: { misfit: Misfit }) {
  const t = useTranslations('misfit');
  return (
    <li className="min-w-0 break-words text-muted" data-testid="misfit" data-name={misfit.name}>
      <span className="font-mono" title={misfit.name}>
        {shortVolume(misfit.name)}
      </span>
      : {misfit.reasons.map((reason) => wordMisfit(t, reason)).join('; ')}
    </li>
  );
}

function wordMisfit(t: ReturnType<typeof useTranslations<'misfit'>>, { code, asked, given }: MisfitReason): string {
  return t(code, { asked: asked || t('nothing'), given: given || t('nothing') });
}
