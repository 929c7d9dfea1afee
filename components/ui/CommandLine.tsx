'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { lineWith } from '../../lib/actions/clientTool';
import { IconButton } from './Button';
import { useTool } from './tool';

async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // The clipboard is for secure pages only, and a classroom often reaches the dashboard over plain HTTP.
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  document.activeElement?.after(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

export function CopyButton({ text, label, className }: { text: string; label: string; className?: string }) {
  const t = useTranslations('action');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await copyText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1600);
  };
  return (
    <IconButton label={copied ? t('copied') : label} onClick={() => void copy()} className={className}>
      {copied ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />}
    </IconButton>
  );
}

/** Lines to be typed into a terminal, exactly as they are, with the tool that the reader uses. No prompt, no commands. */
export function CommandLine({ line: given, label, prompt = '$' }: { line: string; label?: string; prompt?: string }) {
  const t = useTranslations('action');
  const tool = useTool();
  const line = prompt === '' ? given : lineWith(tool, given);
  return (
    <div className="flex min-w-0 items-start rounded-lg bg-code text-code-ink">
      <pre
        className="max-h-64 min-w-0 flex-1 overflow-auto py-2.5 pr-2 pl-3 font-mono text-xs leading-relaxed whitespace-pre"
        tabIndex={0}
      >
        {prompt && (
          <span aria-hidden className="text-[#8b9cc4] select-none">
            {prompt}{' '}
          </span>
        )}
        <code data-testid="kubectl-line">{line}</code>
      </pre>
      <CopyButton text={line} label={label ?? t('copyLine')} className="m-1" />
    </div>
  );
}
