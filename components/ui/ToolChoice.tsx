'use client';

import { useTranslations } from 'use-intl';
import { clientTools } from '../../lib/actions/clientTool';
import { ChoiceChip } from './ChoiceChip';
import { toolStore, useTool } from './tool';

const options = clientTools.map((tool) => ({ value: tool, text: tool }));

export function ToolChoice() {
  const t = useTranslations('app');
  return (
    <ChoiceChip
      label={t('tool')}
      value={useTool()}
      options={options}
      onChoose={toolStore.choose}
      className="max-md:hidden"
    />
  );
}
