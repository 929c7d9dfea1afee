'use client';

import { useTranslations } from 'use-intl';
import type { StorageClassView } from '../../../lib/board/model';
import { noProvisioner } from '../../../lib/kubernetes/storage';
import { policies } from '../VolumeCard';

export function StorageClassRow({ storageClass }: { storageClass: StorageClassView }) {
  const t = useTranslations('storageClass');
  const volume = useTranslations('volume');
  const { name, provisioner, bindingMode, reclaimPolicy, expandable, isDefault } = storageClass;
  return (
    <li className="py-2 text-xs" data-testid="storage-class" data-name={name}>
      <div className="flex items-center justify-between gap-2">
        <span className="truncate font-mono" title={name}>
          {name}
        </span>
        {isDefault && <span className="shrink-0 font-semibold text-kept">{t('default')}</span>}
      </div>
      <p className="mt-0.5 text-note break-words text-faint">
        <span className="font-mono">{provisioner}</span> · {bindingMode} · {reclaimPolicy}
      </p>
      <p className="mt-0.5 text-note text-faint">
        {provisioner === noProvisioner ? (
          t(bindingMode === 'Immediate' ? 'byHand' : 'byHandDelayed')
        ) : (
          <>
            {t(bindingMode === 'Immediate' ? 'immediate' : 'delayed')}; {volume(policies[reclaimPolicy])}
          </>
        )}
        {expandable && <>; {t('expandable')}</>}
      </p>
    </li>
  );
}
