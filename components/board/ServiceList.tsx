'use client';

import { memo } from 'react';
import { useTranslations } from 'use-intl';
import type { EndpointView, ServiceView } from '../../lib/board/model';
import { Eyebrow } from '../ui/Chip';

export function ServiceList({ services }: { services: ServiceView[] }) {
  const t = useTranslations('panel');
  return (
    <div data-testid="services">
      <Eyebrow>{t('services')}</Eyebrow>
      {services.length === 0 && <p className="mt-2 text-faint">{t('noServices')}</p>}
      {services.map((service) => (
        <ServiceCard key={service.name} service={service} />
      ))}
    </div>
  );
}

const ServiceCard = memo(function ServiceCard({ service }: { service: ServiceView }) {
  const t = useTranslations('panel');
  const selector = Object.entries(service.selector).map(([key, value]) => `${key}=${value}`);
  const facts = [
    { term: t('clusterIp'), text: service.clusterIP },
    {
      term: t('ports'),
      text: service.ports.map(({ name, port, protocol }) => `${name ? `${name} ` : ''}${port}/${protocol}`).join(', '),
    },
    { term: t('selector'), text: selector.join(',') },
    { term: t('endpoints'), text: listEndpoints(service.ready) },
    { term: t('notReady'), text: listEndpoints(service.notReady) },
  ];
  return (
    <dl className="mt-2 grid grid-cols-[5.5rem_1fr] gap-x-2 gap-y-1 rounded-xl border border-line p-3 text-xs">
      <dt className="col-span-2 font-mono text-[0.8125rem] font-semibold">{service.name}</dt>
      {facts.map(({ term, text }) => (
        <Fact key={term} term={term} text={text || t('nobody')} />
      ))}
    </dl>
  );
});

function listEndpoints(endpoints: EndpointView[]): string {
  const names = endpoints.map((endpoint) => endpoint.pod || endpoint.hostname || endpoint.ip);
  return names.length > 8 ? `${names.slice(0, 7).join(', ')} … ${names.length}` : names.join(', ');
}

function Fact({ term, text }: { term: string; text: string }) {
  return (
    <>
      <dt className="text-faint">{term}</dt>
      <dd className="dated font-mono break-words">{text}</dd>
    </>
  );
}
