package seminar.quantize;

import java.util.Arrays;
import seminar.math.Workers;

/** Epochs of an {@link RqVae}: gradients of batches, and Adam for both networks. */
final class RqVaeStep {
  private static final double FIRST = 0.9;
  private static final double SECOND = 0.999;
  private static final double LEAST = 1e-8;

  private final Mlp encoder;
  private final Mlp decoder;
  private final RqVae.Options options;
  private final Workers workers;
  private final double[][] moments; // first and second of the encoder, then of the decoder
  private int steps;

  RqVaeStep(Mlp encoder, Mlp decoder, RqVae.Options options, Workers workers) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.options = options;
    this.workers = workers;
    int in = encoder.parameters().length;
    int out = decoder.parameters().length;
    this.moments =
        new double[][] {new double[in], new double[in], new double[out], new double[out]};
  }

  /** What a shard of a batch found. */
  private static final class Part {
    private final double[] encoder;
    private final double[] decoder;
    private double loss;

    private Part(int encoder, int decoder) {
      this.encoder = new double[encoder];
      this.decoder = new double[decoder];
    }
  }

  /** Passes over all vectors in an order; returns the mean loss. */
  double epoch(float[] vectors, int dims, double scale, ResidualQuantizer codebook, int[] order) {
    double loss = 0;
    for (int from = 0; from < order.length; from += options.batch()) {
      int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + options.batch()));
      loss += batch(vectors, dims, scale, codebook, rows);
    }
    return loss / order.length / dims;
  }

  private double batch(
      float[] vectors, int dims, double scale, ResidualQuantizer codebook, int[] rows) {
    int shards = Math.min(4, rows.length); // fixed: sums do not depend on threads
    Part[] parts = new Part[shards];
    workers.forEach(
        shards,
        (shard, first, last) -> {
          for (int s = first; s < last; s++) {
            parts[s] = new Part(encoder.parameters().length, decoder.parameters().length);
            int from = rows.length * s / shards;
            int to = rows.length * (s + 1) / shards;
            gradient(vectors, dims, scale, codebook, Arrays.copyOfRange(rows, from, to), parts[s]);
          }
        });
    for (int s = 1; s < shards; s++) {
      add(parts[s].encoder, parts[0].encoder);
      add(parts[s].decoder, parts[0].decoder);
      parts[0].loss += parts[s].loss;
    }
    steps++;
    move(encoder.parameters(), parts[0].encoder, rows.length, moments[0], moments[1]);
    move(decoder.parameters(), parts[0].decoder, rows.length, moments[2], moments[3]);
    return parts[0].loss;
  }

  private void gradient(
      float[] vectors, int dims, double scale, ResidualQuantizer codebook, int[] rows, Part part) {
    int latent = codebook.dims();
    double[][] x = new double[rows.length][dims];
    double[][] h = new double[rows.length][encoder.hidden()];
    double[][] z = new double[rows.length][latent];
    float[] latents = new float[rows.length * latent];
    for (int i = 0; i < rows.length; i++) {
      RqVae.read(vectors, rows[i] * dims, scale, x[i]);
      encoder.forward(x[i], h[i], z[i]);
      for (int j = 0; j < latent; j++) {
        latents[i * latent + j] = (float) z[i][j];
      }
    }
    float[] quantized = codebook.decode(codebook.encode(latents, workers));
    Room room = new Room(dims, latent, Math.max(encoder.hidden(), decoder.hidden()));
    for (int i = 0; i < rows.length; i++) {
      RqVae.read(quantized, i * latent, 1, room.zq);
      backward(x[i], h[i], z[i], room, part);
    }
  }

  /** Arrays of one backward pass. */
  private static final class Room {
    private final double[] zq;
    private final double[] dz;
    private final double[] y;
    private final double[] h;
    private final double[] dh;

    private Room(int dims, int latent, int hidden) {
      this.zq = new double[latent];
      this.dz = new double[latent];
      this.y = new double[dims];
      this.h = new double[hidden];
      this.dh = new double[hidden];
    }
  }

  private void backward(double[] x, double[] h, double[] z, Room room, Part part) {
    decoder.forward(room.zq, room.h, room.y);
    for (int j = 0; j < x.length; j++) {
      double error = room.y[j] - x[j];
      part.loss += error * error;
      room.y[j] = 2 * error;
    }
    decoder.backward(room.zq, room.h, room.y, part.decoder, room.dh);
    decoder.backwardInput(room.dh, room.dz);
    for (int j = 0; j < z.length; j++) {
      double left = z[j] - room.zq[j];
      part.loss += options.commitment() * left * left;
      room.dz[j] += 2 * options.commitment() * left; // straight through, and the commitment
    }
    encoder.backward(x, h, room.dz, part.encoder, room.dh);
  }

  private static void add(double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  /** Adam (Kingma and Ba, ICLR 2015) on the mean gradient. */
  private void move(double[] values, double[] sums, int count, double[] first, double[] second) {
    double firstBias = 1 - Math.pow(FIRST, steps);
    double secondBias = 1 - Math.pow(SECOND, steps);
    for (int i = 0; i < values.length; i++) {
      double g = sums[i] / count;
      first[i] = FIRST * first[i] + (1 - FIRST) * g;
      second[i] = SECOND * second[i] + (1 - SECOND) * g * g;
      values[i] -=
          options.rate() * (first[i] / firstBias) / (Math.sqrt(second[i] / secondBias) + LEAST);
    }
  }
}
