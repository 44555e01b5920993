package seminar.feature.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import seminar.feature.Encoder;

/**
 * Texts to vectors by a trained model, such as the text half of CLIP: {@code input_ids} [texts ×
 * length] in, {@code text_embeds} [texts × dims] out, as the model gives them, not brought to
 * length 1.
 *
 * <p>Texts have the length that the model declares, or {@value #LENGTH} tokens where it declares
 * none; longer ones are cut so that their end token stays, shorter ones filled up with the
 * tokenizer's padding, which {@code attention_mask} tells apart where the model has such an input.
 * Numbers are 64 or 32 bits wide as the model declares. See:
 *
 * <pre>
 * A. Radford, J. W. Kim, C. Hallacy, et al. "Learning transferable visual models from natural
 * language supervision". ICML, 2021.</pre>
 */
public final class OnnxText implements Encoder<String> {
  /** How many tokens CLIP reads. */
  public static final int LENGTH = 77;

  private static final int BATCH = 128;

  private final OnnxModel model;
  private final TextInputs inputs;
  private final Tokens tokens;
  private final int length;
  private final int dims;

  private OnnxText(OnnxModel model, Tokens tokens) throws IOException {
    this.model = model;
    this.tokens = tokens;
    inputs = TextInputs.of(model);
    length = inputs.length() > 0 ? inputs.length() : LENGTH;
    dims = model.dims() > 0 ? model.dims() : encode("").length;
  }

  /**
   * Opens a model and its tokenizer.
   *
   * @param model an {@code .onnx} file
   * @param tokenizer the {@code tokenizer.json} that came with it
   * @throws IOException if one is missing or damaged, or the model has other inputs or outputs; the
   *     message names the file, what it has and what was expected
   */
  public static OnnxText open(Path model, Path tokenizer) throws IOException {
    Tokens tokens = Tokens.open(tokenizer);
    OnnxModel opened = null;
    try {
      opened = OnnxModel.open(model, OnnxModel.Vectors.OF_INPUTS, "text_embeds");
      return new OnnxText(opened, tokens);
    } catch (IOException | RuntimeException e) {
      tokens.close();
      if (opened != null) {
        opened.close();
      }
      throw e;
    }
  }

  /** How many tokens the model reads of a text. */
  public int length() {
    return length;
  }

  /** The token ids of a text as the model gets them: {@link #length} of them. */
  public long[] ids(String text) {
    return tokens.encode(text, length).ids();
  }

  @Override
  public int dims() {
    return dims;
  }

  @Override
  public String fingerprint() {
    return "text 1 " + length + " " + model.fingerprint() + " " + tokens.fingerprint();
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public List<float[]> encodeBatch(List<String> texts) {
    return Arrays.asList(
        model.run(
            texts.size(),
            inputs.texts(),
            (environment, from, to, rows) -> feed(environment, texts.subList(from, to), rows)));
  }

  private Map<String, OnnxTensor> feed(OrtEnvironment environment, List<String> texts, int rows)
      throws OrtException {
    long[] ids = new long[rows * length];
    long[] mask = new long[rows * length];
    for (int i = 0; i < rows; i++) {
      Tokens.Ids text = tokens.encode(i < texts.size() ? texts.get(i) : "", length);
      System.arraycopy(text.ids(), 0, ids, i * length, length);
      Arrays.fill(mask, i * length, i * length + text.used(), 1);
    }
    return inputs.feed(environment, ids, mask, rows);
  }

  /** Gives back the model and the tokenizer. */
  @Override
  public void close() {
    model.close();
    tokens.close();
  }
}
