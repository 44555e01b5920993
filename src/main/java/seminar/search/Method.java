package seminar.search;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import seminar.math.Checks;
import seminar.options.Withers;

/**
 * How a model finds what in a history matters for a candidate. Everything else (channels, fusion,
 * attention over what was found, click head, training) is the same for all, so that a table
 * compares this and nothing else.
 *
 * <p>Each method is a record of its own options; without arguments its constructor makes it as its
 * own paper has it: {@code new Method.Eta().withHashBits(64)}.
 */
public sealed interface Method {
  /** The methods by name, as command lines and files have them. */
  enum Kind {
    /** {@link Method.Seminar}. */
    SEMINAR,
    /** {@link Method.Twin}. */
    TWIN,
    /** {@link Method.Latest}. */
    LATEST,
    /** {@link Method.SimHard}. */
    SIM_HARD,
    /** {@link Method.SimSoft}. */
    SIM_SOFT,
    /** {@link Method.Eta}. */
    ETA,
    /** {@link Method.Qin}. */
    QIN,
    /** {@link Method.Sdim}. */
    SDIM,
    /** {@link Method.Stca}. */
    STCA,
    /** {@link Method.SasRec}. */
    SAS_REC,
    /** {@link Method.User}. */
    USER,
    /** {@link Method.Sesrec}. */
    SESREC;

    /** Whether it weighs the events of a history, one by one, for a candidate. */
    public boolean attends() {
      return this != SAS_REC && this != USER && this != SESREC;
    }

    /** As it stands in tables. */
    public String title() {
      return this == SAS_REC ? "SASRec" : name().replace('_', ' ');
    }
  }

  /** Whose form of a method. */
  enum Form {
    /** Its own paper's. */
    PAPER,
    /**
     * That of SEMINAR's released code: ETA with 16 biased bits, QIN on ids with untrained maps, SIM
     * with a bias of the target (docs/DEPARTURES.md).
     */
    RELEASED
  }

  /** The most that a step of training drops. */
  double MOST_DROPPED = 0.95;

  /** Whose form it has. */
  Form form();

  /** Whether each head chooses its events by the scores of target attention. */
  default boolean choosesByAttention() {
    return this instanceof Seminar || this instanceof Twin;
  }

  /** The scores of target attention choose the events of each head; maps G_j; pretraining. */
  record Seminar(Form form) implements Method {
    /** As its own paper has it. */
    public Seminar() {
      this(Form.PAPER);
    }
  }

  /** The same without maps and without pretraining. */
  record Twin(Form form) implements Method {
    /** As its own paper has it. */
    public Twin() {
      this(Form.PAPER);
    }
  }

  /** The latest events. */
  record Latest(Form form) implements Method {
    /** The only form there is. */
    public Latest() {
      this(Form.PAPER);
    }
  }

  /** The latest events of the candidate's category (SIM, hard search). */
  record SimHard(Form form) implements Method {
    /** As its own paper has it. */
    public SimHard() {
      this(Form.PAPER);
    }
  }

  /**
   * The events of the largest trained inner product (SIM, soft search).
   *
   * @param auxiliary α, weight of the loss that trains the search
   */
  @Withers
  record SimSoft(Form form, double auxiliary) implements Method, MethodSimSoftBuilder.With {
    /** Checks the weight. */
    public SimSoft {
      Checks.within(0, Double.MAX_VALUE, "auxiliary α", auxiliary);
    }

    /** As its own paper has it. */
    public SimSoft() {
      this(Form.PAPER, 1);
    }
  }

  /**
   * The events of the nearest SimHash.
   *
   * @param hashBits m, bits of the hash
   * @param redrawn whether the projections are drawn anew in each step of training
   */
  @Withers
  record Eta(Form form, int hashBits, boolean redrawn) implements Method, MethodEtaBuilder.With {
    private static final int RELEASED_BITS = 16;

    /** Checks the bits. */
    public Eta {
      Checks.atLeast(1, "hashBits m", hashBits);
    }

    /** As its own paper has it. */
    public Eta() {
      this(Form.PAPER, 128, false);
    }

    static Eta of(Form form) {
      return form == Form.PAPER ? new Eta() : new Eta(form, RELEASED_BITS, false);
    }
  }

  /**
   * The events nearest to the query, and of these those nearest to the item.
   *
   * @param firstK K₁, events that are found relevant to a query; K where that is more
   * @param fusedFields whether it attends field by field
   * @param latestQuery whether a candidate without a query, as in recommending, is searched by the
   *     latest query that the history has; else, and where the history has none, by its item alone
   */
  @Withers
  record Qin(Form form, int firstK, boolean fusedFields, boolean latestQuery)
      implements Method, MethodQinBuilder.With {
    /** Checks every number. */
    public Qin {
      Checks.atLeast(1, "firstK K₁", firstK);
      if (form == Form.RELEASED && fusedFields) {
        throw new IllegalArgumentException(
            "the released form of QIN has no fused fields: leave fusedFields out, or take its own"
                + " paper's");
      }
    }

    /** As its own paper has it. */
    public Qin() {
      this(Form.PAPER, 100, false, false);
    }
  }

  /**
   * All events that share a hash bucket with the candidate.
   *
   * @param hashes how many hashes it has
   * @param hashWidth τ, bits of each of them
   * @param normalised whether the sum of a bucket is brought to unit length
   */
  @Withers
  record Sdim(Form form, int hashes, int hashWidth, boolean normalised)
      implements Method, MethodSdimBuilder.With {
    /** Checks every number. */
    public Sdim {
      Checks.atLeast(1, "hashes", hashes);
      Checks.within(1, Integer.SIZE, "hashWidth τ", hashWidth);
    }

    /** As its own paper has it. */
    public Sdim() {
      this(Form.PAPER, 16, 3, true);
    }
  }

  /**
   * The target attends to all events, passes a feed-forward layer and attends again, end to end
   * (STCA); K is passed over, since nothing is chosen.
   *
   * @param layers J, how often it attends
   * @param hidden width of the feed-forward layers
   */
  @Withers
  record Stca(Form form, int layers, int hidden) implements Method, MethodStcaBuilder.With {
    /** Checks every number. */
    public Stca {
      Checks.atLeast(1, "layers J", layers);
      Checks.atLeast(1, "hidden", hidden);
    }

    /** Two layers; how many and how wide its paper leaves open. */
    public Stca() {
      this(Form.PAPER, 2, 128);
    }
  }

  /**
   * Nothing is searched: the last state of a self-attention over the history ({@code
   * model.sequence}) times the candidate. SASRec, or gSASRec with its loss ({@code
   * training.nextItem}).
   */
  record SasRec(Form form) implements Method {
    /** As its own paper has it. */
    public SasRec() {
      this(Form.PAPER);
    }
  }

  /**
   * Queries and items as one sequence through a self-attention, whose last state is the interest
   * (USER); K is passed over.
   *
   * @param layers of the self-attention
   * @param heads of each
   * @param dropout what each step of training drops
   */
  @Withers
  record User(Form form, int layers, int heads, double dropout)
      implements Method, MethodUserBuilder.With {
    /** Checks every number. */
    public User {
      Checks.atLeast(1, "layers J", layers);
      Checks.atLeast(1, "heads", heads);
      Checks.within(0, MOST_DROPPED, "dropout", dropout);
    }

    /** One layer of two heads; 0.1 is dropped. */
    public User() {
      this(Form.PAPER, 1, 2, 0.1);
    }
  }

  /**
   * A self-attention of what was browsed and one of what was searched, parted into what the two
   * have in common and what not, and attended to by the candidate (SESRec); K is passed over.
   *
   * @param layers of each self-attention
   * @param heads of each
   * @param dropout what each step of training drops
   * @param margin by which similar events are nearer than different ones
   * @param triplet a, weight of the loss that wants this
   * @param alignment b, weight of the loss that makes a query resemble the item that it led to
   * @param temperature τ of that
   */
  @Withers
  record Sesrec(
      Form form,
      int layers,
      int heads,
      double dropout,
      double margin,
      double triplet,
      double alignment,
      double temperature)
      implements Method, MethodSesrecBuilder.With {
    /** Checks every number. */
    public Sesrec {
      Checks.atLeast(1, "layers J", layers);
      Checks.atLeast(1, "heads", heads);
      Checks.within(0, MOST_DROPPED, "dropout", dropout);
      Checks.within(0, Double.MAX_VALUE, "margin", margin);
      Checks.within(0, Double.MAX_VALUE, "triplet a", triplet);
      Checks.within(0, Double.MAX_VALUE, "alignment b", alignment);
      Checks.within(0.01, 100, "temperature τ", temperature);
    }

    /** Its released settings for Amazon, with two heads. */
    public Sesrec() {
      this(Form.PAPER, 1, 2, 0.1, 0.1, 1e-3, 0.1, 0.1);
    }
  }

  /** A method as its own paper has it. */
  static Method of(Kind kind) {
    return WrittenMethod.usual(kind, Form.PAPER);
  }

  /** A method as SEMINAR's released code has it. */
  static Method released(Kind kind) {
    return WrittenMethod.usual(kind, Form.RELEASED);
  }

  /** Its name. */
  default Kind kind() {
    return switch (this) {
      case Seminar m -> Kind.SEMINAR;
      case Twin m -> Kind.TWIN;
      case Latest m -> Kind.LATEST;
      case SimHard m -> Kind.SIM_HARD;
      case SimSoft m -> Kind.SIM_SOFT;
      case Eta m -> Kind.ETA;
      case Qin m -> Kind.QIN;
      case Sdim m -> Kind.SDIM;
      case Stca m -> Kind.STCA;
      case SasRec m -> Kind.SAS_REC;
      case User m -> Kind.USER;
      case Sesrec m -> Kind.SESREC;
    };
  }

  /** The method as files have it. */
  @JsonValue
  default WrittenMethod written() {
    return WrittenMethod.of(this);
  }

  /** The method that was written so. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Method of(WrittenMethod written) {
    return written.method();
  }
}
