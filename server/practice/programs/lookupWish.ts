import type { RecordType } from 'dns-packet';

/** What `nslookup`, in both its newer kinds, is asked for: options may stand anywhere and take `=`. */
export interface LookupWish {
  host?: string;
  server?: string;
  types: RecordType[];
  port?: number;
  badType?: string;
}

const queryTypes: readonly RecordType[] = ['SOA', 'NS', 'A', 'AAAA', 'CNAME', 'MX', 'TXT', 'PTR', 'SRV', 'AXFR'];

/** Undefined for a type these programs do not know; `any` is not served here. */
export function queryType(text: string): RecordType | undefined {
  return queryTypes.find((type) => type === text.toUpperCase());
}

export function lookupWish(args: readonly string[]): LookupWish {
  const wish: LookupWish = { types: [] };
  for (const arg of args) {
    const [, name, value = ''] = /^-([a-z]+)(?:=(.*))?$/.exec(arg) ?? [];
    if (name === undefined) {
      if (wish.host === undefined) wish.host = arg;
      else wish.server ??= arg;
    } else if (/^(t|ty|typ|type|q|qu|que|quer|query|querytype)$/.test(name)) {
      const type = queryType(value);
      if (type) wish.types.push(type);
      else wish.badType = value;
    } else if (/^po(rt)?$/.test(name)) wish.port = Number(value) || undefined;
  }
  return wish;
}
