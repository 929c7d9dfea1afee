'use client';

import { EyeOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Board } from '../../../lib/board/model';
import { DeploymentSection } from './DeploymentSection';

export function Deployments({ board }: { board: Board }) {
  const t = useTranslations('deployment');
  return (
    <div className="workloads-deployments">
      {board.deploymentsHidden && (
        <p data-testid="deployments-hidden" className="flex items-start gap-2 text-xs text-faint">
          <EyeOff aria-hidden size={15} className="mt-px shrink-0" />
          {t('hidden')}
        </p>
      )}
      {board.deployments.map((deployment) => (
        <DeploymentSection key={deployment.uid} deployment={deployment} />
      ))}
    </div>
  );
}
