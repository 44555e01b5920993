package seminar.feature.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxTextTest {
  private static final int START = 18;
  private static final int END = 19;
  private static final int LAMP = 14;
  private static final int TEA = 15;
  private static final int WORDS = 20;

  /** As CLIP's: lower case, bytes as letters, the end of a word marked. */
  private static final String TOKENIZER =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [
         {"id": 18, "content": "<|startoftext|>", "single_word": false, "lstrip": false,
          "rstrip": false, "normalized": true, "special": true},
         {"id": 19, "content": "<|endoftext|>", "single_word": false, "lstrip": false,
          "rstrip": false, "normalized": true, "special": true}],
       "normalizer": {"type": "Sequence", "normalizers": [
         {"type": "NFC"},
         {"type": "Replace", "pattern": {"Regex": "\\\\s+"}, "content": " "},
         {"type": "Lowercase"}]},
       "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
         {"type": "Split", "behavior": "Removed", "invert": true,
          "pattern": {"Regex": "[\\\\p{L}]+|[\\\\p{N}]|[^\\\\s\\\\p{L}\\\\p{N}]+"}},
         {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true}]},
       "post_processor": {"type": "RobertaProcessing", "sep": ["<|endoftext|>", 19],
         "cls": ["<|startoftext|>", 18], "trim_offsets": false, "add_prefix_space": false},
       "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true},
       "model": {"type": "BPE", "dropout": null, "unk_token": "<|endoftext|>",
         "continuing_subword_prefix": "", "end_of_word_suffix": "</w>", "fuse_unk": false,
         "vocab": {"l": 0, "a": 1, "m": 2, "p": 3, "p</w>": 4, "t": 5, "e": 6, "a</w>": 7,
           "la": 8, "lam": 9, "te": 10, "Ã": 11, "©</w>": 12, "l</w>": 13, "lamp</w>": 14,
           "tea</w>": 15, "s</w>": 16, "s": 17, "<|startoftext|>": 18, "<|endoftext|>": 19},
         "merges": ["l a", "la m", "lam p</w>", "t e", "te a</w>"]}}
      """;

  @TempDir Path folder;

  private Path tokenizer() throws IOException {
    return Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
  }

  private Path file(String name, TinyOnnx model) throws IOException {
    return Files.write(folder.resolve(name), model.build());
  }

  /** Word w has the vector (w, w², 1). */
  private static float[] table() {
    float[] table = new float[3 * WORDS];
    for (int w = 0; w < WORDS; w++) {
      table[3 * w] = w;
      table[3 * w + 1] = w * w;
      table[3 * w + 2] = 1;
    }
    return table;
  }

  /** The sum of the vectors of all words that are no padding. */
  private static TinyOnnx masked(int type, long texts, long length) {
    return new TinyOnnx()
        .input("input_ids", type, texts, length)
        .input("attention_mask", type, texts, length)
        .weights("table", table(), WORDS, 3)
        .weights("last", 2)
        .weights("middle", 1)
        .node("Gather", "table input_ids", "vectors")
        .node("Cast", "attention_mask", "used", "to=1")
        .node("Unsqueeze", "used last", "factor")
        .node("Mul", "vectors factor", "kept")
        .node("ReduceSum", "kept middle", "text_embeds", "keepdims=0")
        .output("text_embeds", TinyOnnx.FLOAT, texts, 3)
        .output("vectors", TinyOnnx.FLOAT, texts, length, 3);
  }

  private static float[] sum(int... words) {
    float[] sum = new float[3];
    for (int word : words) {
      sum[0] += word;
      sum[1] += word * word;
      sum[2]++;
    }
    return sum;
  }

  @Test
  void idsAreThoseWorkedOutByHand() throws IOException {
    try (OnnxText text =
        OnnxText.open(file("m.onnx", masked(TinyOnnx.INT64, -1, 8)), tokenizer())) {
      assertEquals(8, text.length());
      long[] ids = text.ids("  LAMP\n tea ");
      assertArrayEquals(new long[] {START, LAMP, TEA, END, END, END, END, END}, ids);
      // "lal": l+a merge, the last l ends the word; é is the bytes C3 A9, written Ã and ©.
      assertArrayEquals(new long[] {START, 8, 13, 11, 12, END, END, END}, text.ids("lal é"));
      assertArrayEquals(new long[] {START, END, END, END, END, END, END, END}, text.ids(""));
    }
  }

  @Test
  void aLongTextIsCutBeforeItsEndToken() throws IOException {
    try (OnnxText text =
        OnnxText.open(file("m.onnx", masked(TinyOnnx.INT64, -1, -1)), tokenizer())) {
      assertEquals(OnnxText.LENGTH, text.length());
      long[] ids = text.ids("tea ".repeat(500));
      assertEquals(77, ids.length);
      assertEquals(START, ids[0]);
      assertEquals(END, ids[76]);
      assertTrue(Arrays.stream(ids, 1, 76).allMatch(id -> id == TEA));
      long[] full = text.ids("tea ".repeat(75));
      assertArrayEquals(ids, full);
      assertEquals(TEA, text.ids("tea ".repeat(74))[74]);
      assertEquals(END, text.ids("tea ".repeat(74))[75]);
    }
  }

  @Test
  void vectorsAreTheModelsOverAllTokensButPadding() throws IOException {
    for (int type : new int[] {TinyOnnx.INT64, TinyOnnx.INT32}) {
      try (OnnxText text = OnnxText.open(file("m.onnx", masked(type, -1, -1)), tokenizer())) {
        assertEquals(3, text.dims());
        List<float[]> vectors = text.encodeBatch(List.of("tea", "Lamp tea", ""));
        assertArrayEquals(sum(START, TEA, END), vectors.get(0));
        assertArrayEquals(sum(START, LAMP, TEA, END), vectors.get(1));
        assertArrayEquals(sum(START, END), vectors.get(2));
        assertArrayEquals(vectors.get(1), text.encode("lamp TEA"));
      }
    }
  }

  @Test
  void aModelForAFixedNumberOfTextsServesAnyNumber() throws IOException {
    try (OnnxText text = OnnxText.open(file("m.onnx", masked(TinyOnnx.INT64, 4, 8)), tokenizer())) {
      List<String> texts = new ArrayList<>(Collections.nCopies(70, "tea"));
      texts.add("lamp");
      List<float[]> vectors = text.encodeBatch(texts);
      assertEquals(71, vectors.size());
      assertArrayEquals(sum(START, TEA, END), vectors.get(69));
      assertArrayEquals(sum(START, LAMP, END), vectors.get(70));
    }
  }

  @Test
  void theOnlyMatrixIsTheOutputWhateverItsName() throws IOException {
    TinyOnnx model =
        new TinyOnnx()
            .input("input_ids", TinyOnnx.INT64, -1, 5)
            .weights("table", table(), WORDS, 3)
            .weights("middle", 1)
            .node("Gather", "table input_ids", "hidden")
            .node("ReduceSum", "hidden middle", "pooled", "keepdims=0")
            .output("hidden", TinyOnnx.FLOAT, -1, 5, 3)
            .output("pooled", TinyOnnx.FLOAT, -1, -1);
    try (OnnxText text = OnnxText.open(file("m.onnx", model), tokenizer())) {
      assertEquals(3, text.dims());
      assertArrayEquals(sum(START, TEA, END, END, END), text.encode("tea"));
    }
  }

  private static void refused(Path model, Path tokenizer, String... expected) {
    IOException e = assertThrows(IOException.class, () -> OnnxText.open(model, tokenizer));
    for (String part : expected) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  @Test
  void filesThatDoNotFitAreRefusedWithWhatTheyHave() throws IOException {
    Path tokenizer = tokenizer();
    Path good = file("good.onnx", masked(TinyOnnx.INT64, -1, 8));
    refused(folder.resolve("none.onnx"), tokenizer, "none.onnx is missing");
    refused(
        Files.writeString(folder.resolve("x.onnx"), "no model"), tokenizer, "x.onnx is no model");
    refused(good, folder.resolve("none.json"), "none.json is missing");
    refused(good, Files.writeString(folder.resolve("x.json"), "{}"), "x.json is no tokenizer");
    TinyOnnx floats =
        new TinyOnnx()
            .input("input_ids", TinyOnnx.FLOAT, -1, 4)
            .node("Identity", "input_ids", "text_embeds")
            .output("text_embeds", TinyOnnx.FLOAT, -1, 4);
    refused(
        file("f.onnx", floats),
        tokenizer,
        "f.onnx does not fit",
        "expected an input input_ids",
        "(input_ids FLOAT [-1, 4])",
        "(text_embeds FLOAT [-1, 4])");
    TinyOnnx pixels =
        new TinyOnnx()
            .input("pixel_values", TinyOnnx.FLOAT, -1, 4)
            .node("Identity", "pixel_values", "text_embeds")
            .output("text_embeds", TinyOnnx.FLOAT, -1, 4);
    refused(file("p.onnx", pixels), tokenizer, "(pixel_values FLOAT [-1, 4])");
    TinyOnnx vague =
        new TinyOnnx()
            .input("input_ids", TinyOnnx.INT64, -1, 4)
            .node("Cast", "input_ids", "a", "to=1")
            .node("Cast", "input_ids", "b", "to=1")
            .output("a", TinyOnnx.FLOAT, -1, 4)
            .output("b", TinyOnnx.FLOAT, -1, 4);
    refused(file("v.onnx", vague), tokenizer, "an output text_embeds, or one output alone");
  }

  @Test
  void theFingerprintChangesWithTheModelAndTheTokenizer() throws IOException {
    Path a = file("a.onnx", masked(TinyOnnx.INT64, -1, 8));
    Path b = file("b.onnx", masked(TinyOnnx.INT64, -1, 9));
    Path other =
        Files.writeString(folder.resolve("o.json"), TOKENIZER.replace(", \"te a</w>\"", ""));
    String fingerprint = fingerprint(a, tokenizer());
    assertEquals(fingerprint, fingerprint(a, tokenizer()));
    assertNotEquals(fingerprint, fingerprint(b, tokenizer()));
    assertNotEquals(fingerprint, fingerprint(a, other));
  }

  private static String fingerprint(Path model, Path tokenizer) throws IOException {
    try (OnnxText text = OnnxText.open(model, tokenizer)) {
      return text.fingerprint();
    }
  }

  @Test
  void theLibraryNeverReportsItsUse() throws Exception {
    try (OnnxText text =
        OnnxText.open(file("m.onnx", masked(TinyOnnx.INT64, -1, 8)), tokenizer())) {
      text.encode("tea");
    }
    Field lastReport = Class.forName("ai.djl.util.Ec2Utils").getDeclaredField("lastCheckIn");
    lastReport.setAccessible(true);
    assertEquals(0L, lastReport.get(null), "it asks the network before anything else");
    assertNull(System.getProperty("ai.djl.offline"), "other users of the library are left alone");
  }
}
