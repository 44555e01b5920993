package seminar.feature.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import seminar.feature.Encoder;

/**
 * Texts to vectors by a trained encoder of sentences: {@code input_ids} [texts × tokens] in, {@code
 * last_hidden_state} [texts × tokens × dims] out. The vector of a text is the mean over its tokens,
 * brought to length 1, so that inner products are cosines. See:
 *
 * <pre>
 * N. Reimers, I. Gurevych. "Sentence-BERT: sentence embeddings using Siamese BERT-networks". EMNLP,
 * 2019.</pre>
 *
 * <p>A text is cut to {@value #LENGTH} tokens so that its end token stays. Texts go through the
 * model one at a time, never filled up: a model with weights of eight bits scales its activations
 * by the largest of all that it is given at once, so that in a batch a vector would depend on its
 * neighbours (by up to 0.008 in the cosine). A text without a token has the zero vector.
 */
public final class OnnxSentences implements Encoder<String> {
  /** How many tokens are read of a text. */
  public static final int LENGTH = 256;

  private static final int BATCH = 128;

  private final OnnxModel model;
  private final TextInputs inputs;
  private final Tokens tokens;
  private final int dims;

  private OnnxSentences(OnnxModel model, Tokens tokens) throws IOException {
    this.model = model;
    this.tokens = tokens;
    inputs = TextInputs.of(model);
    if (inputs.texts() > 1 || inputs.length() > 0 || model.dims() < 1) {
      throw model.unfit("inputs of any number of tokens, and vectors of a stated number of dims");
    }
    dims = model.dims();
  }

  /**
   * Opens a model and its tokenizer.
   *
   * @param model an {@code .onnx} file; may lie in an archive
   * @param tokenizer the {@code tokenizer.json} that came with it
   * @throws IOException if one is missing or damaged, or the model has other inputs or outputs; the
   *     message names the file, what it has and what was expected
   */
  public static OnnxSentences open(Path model, Path tokenizer) throws IOException {
    Tokens tokens = Tokens.open(tokenizer);
    OnnxModel opened = null;
    try {
      opened = OnnxModel.open(model, OnnxModel.Vectors.OF_TOKENS, "last_hidden_state");
      return new OnnxSentences(opened, tokens);
    } catch (IOException | RuntimeException e) {
      tokens.close();
      if (opened != null) {
        opened.close();
      }
      throw e;
    }
  }

  /** The token ids of a text as the model gets them, at most {@value #LENGTH}. */
  public long[] ids(String text) {
    return tokens.cut(text, LENGTH);
  }

  @Override
  public int dims() {
    return dims;
  }

  @Override
  public String fingerprint() {
    return "sentences 1 " + LENGTH + " " + model.fingerprint() + " " + tokens.fingerprint();
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public List<float[]> encodeBatch(List<String> texts) {
    int[] said =
        IntStream.range(0, texts.size()).filter(i -> tokens.saysSomething(texts.get(i))).toArray();
    float[][] states =
        model.run(
            said.length, 1, (environment, i, to, rows) -> feed(environment, texts.get(said[i])));
    List<float[]> vectors = new ArrayList<>();
    texts.forEach(text -> vectors.add(new float[dims]));
    for (int i = 0; i < said.length; i++) {
      vectors.set(said[i], pooled(states[i]));
    }
    return vectors;
  }

  private Map<String, OnnxTensor> feed(OrtEnvironment environment, String text)
      throws OrtException {
    long[] ids = ids(text);
    long[] mask = new long[ids.length];
    Arrays.fill(mask, 1);
    return inputs.feed(environment, ids, mask, 1);
  }

  /** The mean of the rows of {@code states} [tokens × dims], of length 1. */
  private float[] pooled(float[] states) {
    double[] sum = new double[dims];
    for (int i = 0; i < states.length; i++) {
      sum[i % dims] += states[i];
    }
    double norm = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
    float[] vector = new float[dims];
    for (int i = 0; i < dims; i++) {
      vector[i] = (float) (sum[i] / norm);
    }
    return vector;
  }

  /** Gives back the model and the tokenizer. */
  @Override
  public void close() {
    model.close();
    tokens.close();
  }
}
