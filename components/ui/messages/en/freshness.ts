export const freshness = {
  freshness: {
    live: 'Live',
    stale: 'Stale',
    offline: 'Offline',
    watching: '{count, plural, one {# watching} other {# watching}}',
    latency: '{ms} ms',
    age: 'as of {age} ago',
    lastEvent: 'Last change {age} ago',
    lastSync: 'all listed {age} ago',
    never: 'Nothing has come yet',
    banner: 'What you see is old.',
    cause: {
      connecting: 'Connecting…',
      pageOffline: 'This browser has no network. The page goes on by itself when there is one.',
      serverGone:
        'This page has no connection to the dashboard’s server: it is not running. The page tries again by itself.',
      serverSilent:
        'The dashboard’s server has fallen silent: it hangs, or the network on the way to it does. The page tries again by itself.',
      clusterGone:
        'The cluster’s API is not there: nobody answers at its address. The dashboard tries again by itself.',
      clusterSilent:
        'The cluster’s API does not answer in time: it hangs, or the network on the way to it does. The dashboard tries again by itself.',
      watchCut: 'The watch of {kinds} was cut off, though the cluster answers. It is being opened again.',
      watchRefused: 'The cluster does not allow the dashboard to watch {kinds} (403). It asks again every few seconds.',
      watchUnknown: 'The cluster does not know who the dashboard is (401). It asks again every few seconds.',
      watchSilent:
        'The watch of {kinds} hangs in silence: the cluster answers, but its changes do not come. The dashboard lists anew and opens another watch.',
      unknown: 'Nobody knows whether this is still true.',
    },
    allKinds: 'all objects',
    details: 'How fresh this is',
    detailTitle: 'How each kind is followed',
    detailLive: 'Every watch is open, and what is quiet has been compared with a list.',
    detailHow:
      'A change comes by a watch. A kind that has been quiet for 4 s is compared with a list, so that a watch that hangs is found.',
    noneYet: 'none yet',
    column: { kind: 'Kind', event: 'Last change', listed: 'Whole list', checked: 'Compared' },
    short: {
      live: 'live',
      connecting: 'connecting',
      pageOffline: 'no network',
      serverGone: 'no server',
      serverSilent: 'server silent',
      clusterGone: 'no cluster',
      clusterSilent: 'cluster silent',
      watchCut: 'cut off',
      watchRefused: 'refused (403)',
      watchUnknown: 'refused (401)',
      watchSilent: 'hangs in silence',
    },
  },
};
