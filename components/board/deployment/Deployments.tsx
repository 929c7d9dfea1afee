'use client';

import { EyeOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Board } from '../../../lib/board/model';
import { deployment } from '../../ui/messages/en/deployment';
import { WithWords } from '../../ui/WithWords';
import { Comparison } from './Comparison';
import { DeploymentSection } from './DeploymentSection';

export function Deployments({ board }: { board: Board }) {
  return (
    <WithWords english={deployment}>
      <Sections board={board} />
      {board.comparisons?.map((comparison) => (
        <Comparison key={comparison.uid} comparison={comparison} />
      ))}
    </WithWords>
  );
}

function Sections({ board }: { board: Board }) {
  const t = useTranslations('deployment');
  return (
    <div className="workloads-deployments">
      {board.hidden.includes('deployments') && (
        <p data-testid="deployments-hidden" className="flex items-start gap-2 text-xs text-faint">
          <EyeOff aria-hidden size={15} className="mt-px shrink-0" />
          {t('hidden')}
        </p>
      )}
      {board.deployments.map((one) => (
        <DeploymentSection key={one.uid} deployment={one} />
      ))}
    </div>
  );
}
