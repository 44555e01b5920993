package seminar.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.file.Provenance;
import seminar.rank.PlainRankers;
import seminar.rank.RankingTask;

/**
 * What the records of all runs of an experiment say alike: on what they depend, and what made them.
 * It is found out when the first record is made, since it takes a look at every feature.
 */
final class Origin {
  private final Corpus corpus;
  private final Features features;
  private final Protocol protocol;
  private final RankingTask test;
  private String described; // hash of the features
  private Provenance provenance;

  Origin(Corpus corpus, Features features, Protocol protocol, RankingTask test) {
    this.corpus = corpus;
    this.features = features;
    this.protocol = protocol;
    this.test = test;
  }

  /** Code and machine, whatever the number of threads. */
  synchronized Provenance provenance() {
    if (provenance == null) {
      provenance = Provenance.here(0);
    }
    return provenance;
  }

  private synchronized String described() {
    if (described == null) {
      described = features.hash(corpus.catalog());
    }
    return described;
  }

  /** What a run of a contender depends on. */
  Run.Identity of(Contender contender, long seed) {
    return of(contender.seeded(seed), contender.pretrained());
  }

  /** What a run of a model that is trained now depends on. */
  Run.Identity of(Setup setup, boolean pretrained) {
    return of(setup, pretrained, provenance().version());
  }

  /**
   * What a run of a trained model depends on.
   *
   * @param version of the code that trained it
   */
  Run.Identity of(Setup setup, boolean pretrained, String version) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put(Run.SETUP, setup.withProtocol(protocol));
    options.put("pretrained", pretrained);
    return of(options, setup.training().seed(), version);
  }

  /** What a run of a plain ranker depends on. */
  Run.Identity of(PlainRankers ranker, long seed) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("plain", ranker.name());
    options.put("protocol", protocol);
    return of(options, seed, provenance().version());
  }

  private Run.Identity of(Map<String, Object> options, long seed, String version) {
    return Run.Identity.of(options, seed, corpus.hash(), described(), test.hash(), version);
  }
}
