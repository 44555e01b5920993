package seminar.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import seminar.math.Checks;

/**
 * The queries {@code 1 .. size()} and their keyword tokens {@code 1 .. vocabulary()}; query 0 is
 * the empty query, which has no token. Reserved for the end of a sequence are the query {@code
 * eosQuery() = size() + 1} and its one token {@code eosToken() = vocabulary() + 1}.
 *
 * <p>Immutable; safe for any number of threads.
 */
public final class Queries {
  /** The empty query: the person browsed and typed nothing. */
  public static final int EMPTY = 0;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

  private final Strings keywords;
  private final Strings texts;
  private final RaggedColumn tokens;

  private Queries(Strings keywords, Strings texts, RaggedColumn tokens) {
    this.keywords = keywords;
    this.texts = texts;
    this.tokens = tokens;
  }

  /** Checks every value of every column. */
  void check() {
    Checks.atLeast(1, "keyword entries", keywords.size());
    Checks.atLeast(1, "query entries", texts.size());
    Checks.sameLength("query texts", texts.size(), "token rows", tokens.rows());
    keywords.check();
    texts.check();
    tokens.check(1, keywords.size() - 1);
    if (tokens.get(EMPTY).length > 0 || !texts.get(EMPTY).isEmpty()) {
      throw new IllegalArgumentException("query 0 is the empty query: it has no token and no text");
    }
  }

  static Queries read(Columns.Source source) {
    return new Queries(
        Strings.read("keyword", source),
        Strings.read("query-text", source),
        RaggedColumn.read("query-token", source));
  }

  void write(Columns.Sink sink) {
    keywords.write(sink);
    texts.write(sink);
    tokens.write(sink);
  }

  /**
   * The words of a text: runs of letters and digits in lower case, in order, repeated words
   * included. An accent typed as a mark of its own belongs to its letter.
   */
  public static List<String> tokenize(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }

  /** How many queries there are beside the empty one. */
  public int size() {
    return texts.size() - 1;
  }

  /** How many keywords there are; their tokens are numbered from 1. */
  public int vocabulary() {
    return keywords.size() - 1;
  }

  /** The query reserved for the end of a sequence: {@code size() + 1}; no event has it. */
  public int eosQuery() {
    return texts.size();
  }

  /** The token reserved for the end of a sequence: {@code vocabulary() + 1}. */
  public int eosToken() {
    return keywords.size();
  }

  /**
   * The word of a token.
   *
   * @throws IllegalArgumentException if it is not in {@code 1 .. vocabulary()}
   */
  public String keyword(int token) {
    if (token < 1 || token > vocabulary()) {
      throw new IllegalArgumentException(
          "token %d: the vocabulary has 1..%d".formatted(token, vocabulary()));
    }
    return keywords.get(token);
  }

  /** The tokens of a query, as a copy; none for query 0. */
  public int[] tokens(int query) {
    return tokens.get(checked(query));
  }

  /** The query as it was typed; empty for query 0. */
  public String text(int query) {
    return texts.get(checked(query));
  }

  private int checked(int query) {
    if (query < 0 || query > size()) {
      throw new IllegalArgumentException("query %d: there are 0..%d".formatted(query, size()));
    }
    return query;
  }

  @Override
  public String toString() {
    return "Queries: %d of %d keywords".formatted(size(), vocabulary());
  }

  /** Interns queries: numbers depend only on the order in which texts are first seen. */
  public static final class Builder {
    private final Interner vocabulary = new Interner();
    private final Interner texts = new Interner();
    private final RaggedColumn.Builder tokens = new RaggedColumn.Builder();

    /** An empty collection. */
    public Builder() {
      tokens.add(new int[0]);
    }

    /**
     * The number of the query with this text. A text without a letter or digit is the empty query.
     */
    public int add(String text) {
      return add(text, tokenize(text));
    }

    /**
     * As {@link #add(String)}, for logs whose queries come as ready keywords, none of them empty.
     */
    public int addTokens(List<String> keywords) {
      return add(String.join(" ", keywords), keywords);
    }

    /**
     * The number of the query with this text and these keywords. The text alone tells queries
     * apart; without a keyword it is the empty query.
     */
    public int add(String text, List<String> words) {
      if (words.isEmpty()) {
        return EMPTY;
      }
      int before = texts.size();
      int query = texts.number(text);
      if (query == before) {
        tokens.add(words.stream().mapToInt(vocabulary::number).toArray());
      }
      return query;
    }

    /** The queries added so far. */
    public Queries build() {
      return new Queries(
          vocabulary.build("keyword"), texts.build("query-text"), tokens.build("query-token"));
    }
  }
}
