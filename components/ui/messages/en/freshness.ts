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
      serverGone: 'This page has no connection to the dashboard’s server. It tries again by itself.',
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
  },
};
