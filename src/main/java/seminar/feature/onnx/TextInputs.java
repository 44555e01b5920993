package seminar.feature.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The inputs of a model that reads texts: {@code input_ids} [texts × tokens], and at most {@code
 * attention_mask} and {@code token_type_ids} of the same shape, of 64 or 32 bits each.
 */
final class TextInputs {
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";
  private static final String EXPECTED =
      "an input input_ids, and at most attention_mask and token_type_ids, of INT64 or INT32"
          + " [texts, tokens]";

  private final Map<String, TensorInfo> inputs;

  private TextInputs(Map<String, TensorInfo> inputs) {
    this.inputs = inputs;
  }

  /**
   * The inputs of a model.
   *
   * @throws IOException if it has others; the message says which and what was expected
   */
  static TextInputs of(OnnxModel model) throws IOException {
    model.input(IDS::equals, Set.of(MASK, TYPES), EXPECTED);
    for (TensorInfo input : model.inputs().values()) {
      boolean whole = input.type == OnnxJavaType.INT64 || input.type == OnnxJavaType.INT32;
      if (!whole || input.getShape().length != 2) {
        throw model.unfit(EXPECTED);
      }
    }
    return new TextInputs(model.inputs());
  }

  /** How many texts the model takes at a time, or −1 if any number. */
  long texts() {
    return inputs.get(IDS).getShape()[0];
  }

  /** How many tokens a text must have, or −1 if any number. */
  int length() {
    return Math.toIntExact(inputs.get(IDS).getShape()[1]);
  }

  /**
   * The tensors of some texts of one length.
   *
   * @param ids texts × tokens
   * @param mask 1 for each token, 0 for what fills a text up
   */
  Map<String, OnnxTensor> feed(OrtEnvironment environment, long[] ids, long[] mask, int texts)
      throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    for (String name : inputs.keySet()) {
      long[] values =
          switch (name) {
            case IDS -> ids;
            case MASK -> mask;
            default -> new long[ids.length];
          };
      tensors.put(name, tensor(environment, name, values, texts));
    }
    return tensors;
  }

  private OnnxTensor tensor(OrtEnvironment environment, String name, long[] values, int texts)
      throws OrtException {
    long[] shape = {texts, values.length / texts};
    return inputs.get(name).type == OnnxJavaType.INT64
        ? OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape)
        : OnnxTensor.createTensor(
            environment,
            IntBuffer.wrap(Arrays.stream(values).mapToInt(Math::toIntExact).toArray()),
            shape);
  }
}
