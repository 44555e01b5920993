package seminar.retrieve;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import seminar.file.SectionFile;
import seminar.math.Lanes;
import seminar.math.Vectors;

/** Fused keys [L, d] of which a few are read. */
sealed interface Keys {
  /** L. */
  int rows();

  /** The inner product of a query with a key; the same bits wherever keys lie. */
  float dot(float[] query, int row);

  /** Keys in an array [L, d], not copied. */
  record OnHeap(float[] keys, int dims) implements Keys {
    @Override
    public int rows() {
      return keys.length / dims;
    }

    @Override
    public float dot(float[] query, int row) {
      return Vectors.dot(query, 0, keys, row * dims, dims);
    }
  }

  /** Keys in a mapped file or in memory outside of the heap, little-endian [L, d]. */
  record Mapped(MemorySegment keys, int dims) implements Keys {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

    @Override
    public int rows() {
      return Math.toIntExact(keys.byteSize() / 4 / dims);
    }

    @Override
    public float dot(float[] query, int row) {
      long from = 4L * row * dims;
      FloatVector sum = FloatVector.zero(SPECIES);
      int end = SPECIES.loopBound(dims);
      int i = 0;
      for (; i < end; i += SPECIES.length()) {
        FloatVector key =
            FloatVector.fromMemorySegment(SPECIES, keys, from + 4L * i, ByteOrder.LITTLE_ENDIAN);
        sum = FloatVector.fromArray(SPECIES, query, i).fma(key, sum);
      }
      float total = Lanes.sum(sum);
      for (; i < dims; i++) {
        total = Math.fma(query[i], keys.get(SectionFile.FLOAT, from + 4L * i), total);
      }
      return total;
    }
  }
}
