package seminar.feature.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Builds small models of the ONNX format: just enough of Protocol Buffers' wire format for a graph
 * of a few nodes with known weights. Field numbers are those of {@code onnx.proto}.
 */
final class TinyOnnx {
  static final int FLOAT = 1;
  static final int INT32 = 6;
  static final int INT64 = 7;

  private final Message graph = new Message().text(2, "tiny");

  /** A message of Protocol Buffers. */
  private static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      bytes.writeBytes(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.bytes.toByteArray());
    }

    private void varint(long value) {
      while ((value & ~0x7FL) != 0) {
        bytes.write((int) (value & 0x7F | 0x80));
        value >>>= 7;
      }
      bytes.write((int) value);
    }
  }

  /** A size of −1 is left open. */
  private static Message valueInfo(String name, int type, long... shape) {
    Message dimensions = new Message();
    for (int i = 0; i < shape.length; i++) {
      Message dimension = new Message();
      dimensions.message(
          1, shape[i] < 0 ? dimension.text(2, "open" + i) : dimension.number(1, shape[i]));
    }
    Message tensor = new Message().number(1, type).message(2, dimensions);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  TinyOnnx input(String name, int type, long... shape) {
    graph.message(11, valueInfo(name, type, shape));
    return this;
  }

  TinyOnnx output(String name, int type, long... shape) {
    graph.message(12, valueInfo(name, type, shape));
    return this;
  }

  TinyOnnx weights(String name, float[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return initializer(name, FLOAT, raw.array(), shape);
  }

  TinyOnnx weights(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    return initializer(name, INT64, raw.array(), values.length);
  }

  private TinyOnnx initializer(String name, int type, byte[] raw, long... shape) {
    Message tensor = new Message();
    for (long size : shape) {
      tensor.number(1, size);
    }
    graph.message(5, tensor.number(2, type).text(8, name).bytes(9, raw));
    return this;
  }

  /** A node; its whole-number attributes are given as {@code name=value}. */
  TinyOnnx node(String type, String inputs, String output, String... attributes) {
    Message node = new Message();
    for (String input : inputs.split(" ")) {
      node.text(1, input);
    }
    node.text(2, output).text(4, type);
    for (String attribute : attributes) {
      String[] pair = attribute.split("=");
      node.message(
          5, new Message().text(1, pair[0]).number(3, Long.parseLong(pair[1])).number(20, 2));
    }
    graph.message(1, node);
    return this;
  }

  byte[] build() {
    return new Message()
        .number(1, 8)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 13))
        .bytes
        .toByteArray();
  }
}
