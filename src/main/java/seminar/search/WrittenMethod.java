package seminar.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import seminar.options.Withers;

/**
 * A method as files have it: the options of all methods side by side, those that are not its own as
 * its form usually has them. Runs are found by the hash of this text, so it stays as it is.
 *
 * @param kind its name
 * @param form whose
 * @param hashBits of {@link Method.Eta}, as {@code redrawn}
 * @param redrawn of the same
 * @param hashes of {@link Method.Sdim}, as {@code hashWidth} and {@code normalised}
 * @param hashWidth of the same
 * @param normalised of the same
 * @param firstK of {@link Method.Qin}, as {@code fusedFields}
 * @param fusedFields of the same
 * @param auxiliary of {@link Method.SimSoft}
 * @param layers of {@link Method.Stca}, {@link Method.User} and {@link Method.Sesrec}; this and
 *     what follows is left unsaid by others
 * @param hidden of {@link Method.Stca}
 * @param heads of {@link Method.User} and {@link Method.Sesrec}, as {@code dropout}
 * @param dropout of the same
 * @param margin of {@link Method.Sesrec}, as {@code triplet}, {@code alignment} and {@code
 *     temperature}
 * @param triplet of the same
 * @param alignment of the same
 * @param temperature of the same
 * @param latestQuery of {@link Method.Qin}; unsaid where it is not
 */
@Withers
public record WrittenMethod(
    Method.Kind kind,
    Method.Form form,
    int hashBits,
    boolean redrawn,
    int hashes,
    int hashWidth,
    boolean normalised,
    int firstK,
    boolean fusedFields,
    double auxiliary,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer layers,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer hidden,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer heads,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double dropout,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double margin,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double triplet,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double alignment,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double temperature,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean latestQuery)
    implements WrittenMethodBuilder.With {

  /** A method with the options that this form of it usually has. */
  static Method usual(Method.Kind kind, Method.Form form) {
    return of(new Method.Latest(form)).withKind(kind).method();
  }

  static WrittenMethod of(Method method) {
    Method.Form form = method.form();
    Method.Eta eta = method instanceof Method.Eta own ? own : Method.Eta.of(form);
    Method.Sdim sdim = method instanceof Method.Sdim own ? own : new Method.Sdim();
    Method.Qin qin = method instanceof Method.Qin own ? own : new Method.Qin();
    Method.SimSoft sim = method instanceof Method.SimSoft own ? own : new Method.SimSoft();
    WrittenMethod plain =
        new WrittenMethod(
            method.kind(),
            form,
            eta.hashBits(),
            eta.redrawn(),
            sdim.hashes(),
            sdim.hashWidth(),
            sdim.normalised(),
            qin.firstK(),
            qin.fusedFields(),
            sim.auxiliary(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            qin.latestQuery());
    return switch (method) {
      case Method.Stca own -> plain.withLayers(own.layers()).withHidden(own.hidden());
      case Method.User own ->
          plain.withLayers(own.layers()).withHeads(own.heads()).withDropout(own.dropout());
      case Method.Sesrec own ->
          plain.with(
              written ->
                  written
                      .layers(own.layers())
                      .heads(own.heads())
                      .dropout(own.dropout())
                      .margin(own.margin())
                      .triplet(own.triplet())
                      .alignment(own.alignment())
                      .temperature(own.temperature()));
      default -> plain;
    };
  }

  /** The method; options that are not its own are passed over. */
  Method method() {
    return switch (kind) {
      case SIM_SOFT -> new Method.SimSoft(form, auxiliary);
      case ETA -> new Method.Eta(form, hashBits, redrawn);
      case QIN -> new Method.Qin(form, firstK, fusedFields, latestQuery);
      case SDIM -> new Method.Sdim(form, hashes, hashWidth, normalised);
      case STCA -> stca();
      case SAS_REC -> new Method.SasRec(form);
      case USER -> user();
      case SESREC -> sesrec();
      case SEMINAR -> new Method.Seminar(form);
      case TWIN -> new Method.Twin(form);
      case LATEST -> new Method.Latest(form);
      case SIM_HARD -> new Method.SimHard(form);
    };
  }

  private Method user() {
    Method.User usual = new Method.User();
    return new Method.User(
        form,
        said(layers, usual.layers()),
        said(heads, usual.heads()),
        said(dropout, usual.dropout()));
  }

  private Method sesrec() {
    Method.Sesrec usual = new Method.Sesrec();
    return new Method.Sesrec(
        form,
        said(layers, usual.layers()),
        said(heads, usual.heads()),
        said(dropout, usual.dropout()),
        said(margin, usual.margin()),
        said(triplet, usual.triplet()),
        said(alignment, usual.alignment()),
        said(temperature, usual.temperature()));
  }

  private static <T> T said(T value, T usual) {
    return value == null ? usual : value;
  }

  private Method stca() {
    Method.Stca usual = new Method.Stca();
    return new Method.Stca(form, said(layers, usual.layers()), said(hidden, usual.hidden()));
  }
}
