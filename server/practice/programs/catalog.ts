import { ExecError } from '../process/program';
import type { Program } from '../process/program';
import type { Toolbox } from '../toolbox/toolbox';
import { tool, toolNames } from '../toolbox/tools';
import { gzip } from './archive/gzip';
import { tar } from './archive/tar';
import { chgrp, chmod, chown } from './attributes';
import { cat } from './cat';
import { base64, checksum, cksum, cmp, sum } from './checksums';
import { nameOf } from './command';
import { curl } from './curl';
import { dd } from './dd';
import { dig, host } from './dig';
import { df, du, mount, stat, umount } from './diskUsage';
import { hexdump, od, xxd } from './dumps';
import { env, nice, nohup, printenv, timeout, watch, xargs } from './environment';
import { find } from './find/find';
import type { Flavour, ProgramOf } from './flavour';
import { dnsdomainname, hostname } from './hostname';
import { ls } from './ls';
import { ln, mkdir, rmdir, touch } from './makeFolders';
import { link, mkfifo, unlink } from './makeNames';
import { cp, mv, rm } from './moveFiles';
import { getent, ifconfig, ip, nc, netstat, ping, ss } from './networkTools';
import { nslookup } from './nslookup';
import { basename, dirname, mktemp, pwd, readlink, realpath, which } from './paths';
import { printf } from './printf';
import { kill, killall, pgrep, pidof, pkill, ps, top } from './processes';
import { clear, echo, failing, sleep, succeed, sync, usleep, yes } from './simple';
import { head, seq, tail, tee, wc } from './slices';
import { arch, date, free, nproc, uname, uptime } from './system';
import { less, stty, tty } from './terminalTools';
import { test } from './tests';
import { cut } from './text/cut';
import { diff } from './text/diff/diff';
import { expr } from './text/expr';
import { grep } from './text/grep/grep';
import { comm, fold, nl, rev, tac } from './text/lines';
import { paste } from './text/paste';
import { sed } from './text/sed/sed';
import { shuf } from './text/shuf';
import { sort } from './text/sort/sort';
import { split } from './text/split';
import { tr } from './text/tr';
import { uniq } from './text/uniq';
import { time } from './time';
import { truncate } from './truncate';
import { busyboxHttpd } from './web/busyboxHttpd';
import { groups, id, whoami } from './users';
import { wget } from './wget';

/** The tools of a distribution by name. Which of them an image has, and where, is said in `images/distributions.ts`. */
export type Tools = Readonly<Record<string, ProgramOf>>;

const everywhere: Tools = {
  '[': test,
  ...{ arch, base64, basename, cat, chgrp, chmod, chown, cmp, cp, date, dd, df, dirname, dnsdomainname, du, echo, env },
  ...{
    find,
    free,
    gzip,
    gunzip: gzip,
    head,
    hexdump,
    hd: hexdump,
    hostname,
    id,
    kill,
    killall,
    ln,
    ls,
    mkdir,
    mktemp,
    mount,
    mv,
  },
  ...{
    nohup,
    nproc,
    nslookup,
    od,
    pgrep,
    pidof,
    pkill,
    printenv,
    printf,
    ps,
    pwd,
    readlink,
    realpath,
    rm,
    rmdir,
    seq,
    sleep,
  },
  ...{
    stat,
    sync,
    tail,
    tar,
    tee,
    test,
    timeout,
    top,
    touch,
    umount,
    uname,
    uptime,
    watch,
    wc,
    wget,
    which,
    whoami,
    xargs,
  },
  ...{ xxd, yes, zcat: gzip },
  ...{
    cksum,
    comm,
    cut,
    diff,
    egrep: grep,
    expr,
    fgrep: grep,
    fold,
    groups,
    grep,
    link,
    mkfifo,
    nice,
    nl,
    paste,
    rev,
    sed,
    shuf,
    sort,
    split,
    sum,
    tac,
    tr,
    truncate,
    unlink,
    uniq,
  },
  ...{ getent, ifconfig, ip, less, more: less, nc, netstat, ping, stty, tty },
  clear: () => clear,
  reset: () => clear,
  false: failing,
  md5sum: checksum('md5'),
  sha1sum: checksum('sha1'),
  sha256sum: checksum('sha256'),
  sha512sum: checksum('sha512'),
  true: succeed,
};

export function busyboxTools(toolbox: Toolbox): Tools {
  return { ...everywhere, ...textTools(toolbox, 'strings'), httpd: busyboxHttpd, time, usleep };
}

export function gnuTools(toolbox: Toolbox): Tools {
  return { ...everywhere, ...textTools(toolbox, 'join'), curl, dig, host, ss };
}

function textTools(toolbox: Toolbox, ...more: string[]): Tools {
  const program = tool(toolbox);
  return Object.fromEntries([...toolNames, ...more].map((name) => [name, () => program]));
}

/** `busybox ls -l`: the applet of that name, wherever PATH has it. */
export function multiCall(flavour: Flavour, tools: Tools): Program {
  return async (process) => {
    const asked = nameOf(process);
    const argv = asked === 'busybox' ? process.argv.slice(1) : process.argv;
    const [applet] = argv;
    if (applet === undefined) {
      const version =
        flavour.kind === 'busybox' ? `BusyBox v${flavour.version} (${flavour.built}) multi-call binary.\n` : '';
      await process.stdout.write(
        Buffer.from(`${version}\nCurrently defined functions:\n\t${Object.keys(tools).sort().join(', ')}\n`),
      );
      return 0;
    }
    try {
      return await process.exec(argv);
    } catch (error) {
      if (!(error instanceof ExecError)) throw error;
      await process.stderr.write(Buffer.from(`${applet}: applet not found\n`)).catch(() => {});
      return 127;
    }
  };
}
