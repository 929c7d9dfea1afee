import type { Answer, DecodedPacket } from 'dns-packet';

/** Records as `nslookup` prints them; `dot` is what a target ends in: BIND's writes it, busybox' does not. */
export function nslookupLines(packet: DecodedPacket, dot: '' | '.'): string {
  return (packet.answers ?? []).map((answer) => nslookupLine(answer, dot)).join('');
}

function nslookupLine(answer: Answer, dot: string): string {
  switch (answer.type) {
    case 'A':
    case 'AAAA':
      return `Name:\t${answer.name}\nAddress: ${answer.data}\n`;
    case 'CNAME':
      return `${answer.name}\tcanonical name = ${answer.data}${dot}\n`;
    case 'NS':
      return `${answer.name}\tnameserver = ${answer.data}${dot}\n`;
    case 'PTR':
      return `${answer.name}\tname = ${answer.data}${dot}\n`;
    case 'SRV': {
      const { priority = 0, weight = 0, port, target } = answer.data;
      return `${answer.name}\tservice = ${priority} ${weight} ${port} ${target}${dot}\n`;
    }
    case 'TXT':
      return `${answer.name}\ttext = "${textOf(answer.data)}"\n`;
    case 'SOA': {
      const soa = answer.data;
      return (
        `${answer.name}\n\torigin = ${soa.mname}\n\tmail addr = ${soa.rname}\n\tserial = ${soa.serial}\n` +
        `\trefresh = ${soa.refresh}\n\tretry = ${soa.retry}\n\texpire = ${soa.expire}\n\tminimum = ${soa.minimum}\n`
      );
    }
    default:
      return '';
  }
}

/** What stands behind the type in a zone file's line, as `dig` prints it. */
export function recordData(answer: Answer): string {
  switch (answer.type) {
    case 'A':
    case 'AAAA':
      return answer.data;
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return `${answer.data}.`;
    case 'SRV': {
      const { priority = 0, weight = 0, port, target } = answer.data;
      return `${priority} ${weight} ${port} ${target}.`;
    }
    case 'TXT':
      return `"${textOf(answer.data)}"`;
    case 'SOA': {
      const { mname, rname, serial, refresh, retry, expire, minimum } = answer.data;
      return `${mname}. ${rname}. ${serial} ${refresh} ${retry} ${expire} ${minimum}`;
    }
    default:
      return '';
  }
}

function textOf(data: string | Buffer | (string | Buffer)[]): string {
  return (Array.isArray(data) ? data : [data]).map((part) => part.toString()).join('" "');
}
