package seminar.compute;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import seminar.math.Workers;

/**
 * Ragged target attention with one top-K for each head ({@link Backend#attend}) on the CPU.
 *
 * <p>Histories are independent, so they are the shards; {@link AttentionForward} and {@link
 * AttentionBackward} work on one shard each.
 */
final class CpuAttention {
  private final Workers workers;

  CpuAttention(Workers workers) {
    this.workers = workers;
  }

  Attended attend(AttentionInput input, Matrix pooled) {
    Attended attended = Attended.of(input, pooled);
    int[] groups = input.targets().histories();
    workers.forEach(
        input.targets().historyCount(),
        (shard, from, to) -> {
          try (Arena arena = Arena.ofConfined()) {
            AttentionForward forward =
                new AttentionForward(input, attended, arena, groups[from], groups[to]);
            for (int g = groups[from]; g < groups[to]; g++) {
              forward.group(g);
            }
          }
        });
    return attended;
  }

  void backward(
      AttentionInput input, Attended attended, Matrix dPooled, AttentionInput.Gradient gradient) {
    int histories = input.targets().historyCount();
    int[] groups = input.targets().histories();
    float[][] dBias = new float[Workers.shards(histories)][gradient.bias().length()];
    workers.forEach(
        histories,
        (shard, from, to) -> {
          AttentionBackward backward =
              new AttentionBackward(input, attended, dPooled, gradient, dBias[shard]);
          for (int g = groups[from]; g < groups[to]; g++) {
            backward.group(g);
          }
        });
    MemorySegment sum = gradient.bias().segment();
    for (float[] part : dBias) {
      for (int i = 0; i < part.length; i++) {
        Rows.add(sum, i, part[i]);
      }
    }
  }
}
