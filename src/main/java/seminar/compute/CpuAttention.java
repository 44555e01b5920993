package seminar.compute;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import seminar.math.Workers;

/**
 * Ragged target attention with one top-K for each head, and self-attention ({@link
 * Backend.Attention}), on the CPU.
 *
 * <p>Histories are independent, so they are the shards; {@link AttentionForward} and {@link
 * AttentionBackward}, or {@link CpuAllEvents} where nothing is chosen, work on one shard each. So
 * are the heads of self-attention, for which it is {@link CpuSelfAttention}.
 */
final class CpuAttention implements Backend.Attention {
  private final Workers workers;

  CpuAttention(Workers workers) {
    this.workers = workers;
  }

  @Override
  public Attended attend(AttentionInput input, Matrix pooled) {
    Attended attended = Attended.of(input, pooled);
    int[] groups = input.groups().histories();
    float[] padScores = input.padding().scores().toArray();
    workers.forEach(
        input.groups().historyCount(),
        (shard, from, to) -> {
          AttentionForward forward =
              new AttentionForward(input, padScores, attended, groups[from], groups[to]);
          for (int g = groups[from]; g < groups[to]; g++) {
            forward.group(g);
          }
        });
    return attended;
  }

  @Override
  public void attendBackward(
      AttentionInput input, Attended attended, Matrix dPooled, AttentionInput.Gradient gradient) {
    int histories = input.groups().historyCount();
    int[] groups = input.groups().histories();
    int shards = Workers.shards(histories);
    float[][] dBias = new float[shards][gradient.bias().length()];
    Matrix dEnd = Matrix.zeros(input.hasEnd() ? shards : 0, input.dims());
    workers.forEach(
        histories,
        (shard, from, to) -> {
          AttentionBackward backward =
              new AttentionBackward(
                  input, attended, dPooled, gradient, part(dEnd, shard), dBias[shard]);
          for (int g = groups[from]; g < groups[to]; g++) {
            backward.group(g);
          }
        });
    addBias(dBias, gradient.bias().segment());
    addEnd(dEnd, gradient.keys(), input.endRow());
  }

  @Override
  public void attendAll(AllEvents input, Matrix pooled) {
    int[] groups = input.groups().histories();
    workers.forEach(
        input.groups().historyCount(),
        (shard, from, to) -> {
          try (Arena arena = Arena.ofConfined()) {
            new CpuAllEvents(input, pooled, arena, groups[from], groups[to], false).forward();
          }
        });
  }

  @Override
  public void attendAllBackward(
      AllEvents input, Matrix pooled, Matrix dPooled, AttentionInput.Gradient gradient) {
    int histories = input.groups().historyCount();
    int[] groups = input.groups().histories();
    float[][] dBias = new float[Workers.shards(histories)][gradient.bias().length()];
    workers.forEach(
        histories,
        (shard, from, to) -> {
          try (Arena arena = Arena.ofConfined()) {
            new CpuAllEvents(input, pooled, arena, groups[from], groups[to], true)
                .backward(dPooled, gradient, dBias[shard]);
          }
        });
    addBias(dBias, gradient.bias().segment());
  }

  @Override
  public void attendSelf(SelfAttention input, Matrix out) {
    workers.forEach(
        input.histories() * input.heads(),
        (shard, from, to) -> {
          try (Arena arena = Arena.ofConfined()) {
            new CpuSelfAttention(input, out, arena, from, to, false).forward();
          }
        });
  }

  @Override
  public void attendSelfBackward(
      SelfAttention input, Matrix out, Matrix dOut, SelfAttention.Gradient gradient) {
    workers.forEach(
        input.histories() * input.heads(),
        (shard, from, to) -> {
          try (Arena arena = Arena.ofConfined()) {
            new CpuSelfAttention(input, out, arena, from, to, true).backward(dOut, gradient);
          }
        });
  }

  /** The row of a shard, or nothing where there is no end. */
  private static Matrix part(Matrix dEnd, int shard) {
    return dEnd.rows() == 0 ? dEnd : dEnd.rows(shard, shard + 1);
  }

  private static void addBias(float[][] parts, MemorySegment dBias) {
    for (float[] part : parts) {
      for (int i = 0; i < part.length; i++) {
        RowKernels.add(dBias, i, part[i]);
      }
    }
  }

  private static void addEnd(Matrix parts, Matrix dKeys, int endRow) {
    int d = parts.cols();
    for (int shard = 0; shard < parts.rows(); shard++) {
      long at = (long) shard * d;
      RowKernels.addScaled(1, parts.segment(), at, dKeys.segment(), (long) endRow * d, d);
    }
  }
}
