'use client';

import { ArrowRight, Trash2 } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ClaimView } from '../../../lib/board/model';
import { useAsk } from '../../actions/AskContext';
import { IconButton } from '../../ui/Button';
import { claimState, claimTones } from '../ClaimCard';
import { shortAccessModes, shortVolume } from '../words';
import { wordUsers } from './claimUsers';
import { FileRow } from './FileRows';
import { ClaimFiles } from './ClaimFiles';
import { askedAndGiven } from './askedAndGiven';
import { WhyUnbound } from './WhyUnbound';

/** As the pods say: whose volumes name it. One that is ReadWriteOnce may have many, as long as they are on one node. */
function ClaimUsers({ use }: Pick<ClaimView, 'use'>) {
  const t = useTranslations('claim');
  return (
    <p className="mt-0.5 text-note text-faint" data-testid="claim-users">
      {use ? wordUsers(t, use) : t('usedByNone')}
    </p>
  );
}

export const ClaimRow = memo(function ClaimRow({ claim, controls = false }: { claim: ClaimView; controls?: boolean }) {
  const t = useTranslations();
  const ask = useAsk();
  const [isOpen, setOpen] = useState(false);
  const state = claimState(claim);
  const { size, modes } = askedAndGiven(claim);
  return (
    <li className={`${claimTones[state].split(' ')[0]} py-2 text-xs`} data-testid="claim-row" data-name={claim.name}>
      <div className="flex items-center justify-between gap-2">
        <span className="truncate font-mono" title={claim.name}>
          {claim.name}
        </span>
        <span className="dated flex items-center gap-1 font-semibold text-(--tone)">
          {t(`claim.${state}`)}
          {controls && (
            <IconButton
              label={t('action.deleteClaim', { name: claim.name })}
              onClick={() => ask({ kind: 'deleteClaim', claim: claim.name })}
              className="size-6!"
            >
              <Trash2 aria-hidden size={13} />
            </IconButton>
          )}
        </span>
      </div>
      <div className="mt-0.5 flex items-center gap-1.5 text-note text-faint">
        <ArrowRight aria-hidden size={11} className="shrink-0" />
        <span className="truncate font-mono" title={claim.volumeName}>
          {claim.volumeName ? shortVolume(claim.volumeName) : t('volume.none')}
        </span>
        {claim.phase !== 'missing' && (
          <span className="ml-auto whitespace-nowrap">
            {claim.capacity || t('claim.asks', { size: claim.request })} · {shortAccessModes(claim.accessModes)} ·{' '}
            {claim.storageClass || t('claim.noClass')}
          </span>
        )}
      </div>
      {(size || modes) && (
        <p className="mt-0.5 text-note text-faint">
          {size && t(size.isLess ? 'claim.givenLess' : 'claim.givenMore', { asked: size.asked, given: size.given })}{' '}
          {modes && t('claim.givenModes', { asked: modes.asked, given: modes.given })}
        </p>
      )}
      {claim.phase !== 'missing' && <ClaimUsers use={claim.use} />}
      {claim.volume && claim.phase === 'Bound' && (
        <p className="mt-0.5 text-note text-faint">{t(`volume.policy${claim.volume.reclaimPolicy}`)}</p>
      )}
      {claim.phase === 'Bound' && (
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={t('listed.open', { claim: claim.name })}
          onClick={() => setOpen(!isOpen)}
          className="mt-1 rounded text-note font-semibold text-kept underline decoration-dotted underline-offset-2 hover:decoration-solid"
        >
          {t('listed.button')}
        </button>
      )}
      {isOpen && claim.phase === 'Bound' && <ClaimFiles claim={claim} />}
      {claim.files && !isOpen && (
        <ul aria-label={t('written.label', { claim: claim.name })}>
          {claim.files.map((file) => (
            <FileRow key={file.name} file={file} />
          ))}
        </ul>
      )}
      <WhyUnbound claim={claim} />
    </li>
  );
});
