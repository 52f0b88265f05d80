package io.holdfast.benchmarks;

/** How a host is lost, and how it comes back. */
enum LossWay {
  /** Nothing reaches it any more, nor anybody from it, and nobody is told. */
  SILENT {
    @Override
    void lose(Site site, int host) throws Exception {
      site.isolateHost(host);
    }

    @Override
    void bringBack(Site site, int host) throws Exception {
      site.rejoinHost(host);
    }
  },
  /** Everything on it is killed at once; its kernel answers, by refusing. */
  KILLED {
    @Override
    void lose(Site site, int host) throws Exception {
      site.killHost(host);
    }

    @Override
    void bringBack(Site site, int host) throws Exception {
      site.startAgent(host);
    }
  };

  abstract void lose(Site site, int host) throws Exception;

  abstract void bringBack(Site site, int host) throws Exception;
}
