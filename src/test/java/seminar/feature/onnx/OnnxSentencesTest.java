package seminar.feature.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxSentencesTest {
  private static final int WORDS = 6;

  /** As BERT's: [CLS] is 0, [SEP] 1, an unknown word 2, red 3, lamp 4, mug 5; pads to 9 tokens. */
  private static final String TOKENIZER =
      """
      {"version": "1.0",
       "truncation": {"direction": "Right", "max_length": 9, "strategy": "LongestFirst",
         "stride": 0},
       "padding": {"strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": null,
         "pad_id": 2, "pad_type_id": 0, "pad_token": "[UNK]"},
       "added_tokens": [
         {"id": 0, "content": "[CLS]", "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true},
         {"id": 1, "content": "[SEP]", "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true}],
       "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
         "strip_accents": null, "lowercase": true},
       "pre_tokenizer": {"type": "BertPreTokenizer"},
       "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 1], "cls": ["[CLS]", 0]},
       "decoder": null,
       "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
         "max_input_chars_per_word": 100,
         "vocab": {"[CLS]": 0, "[SEP]": 1, "[UNK]": 2, "red": 3, "lamp": 4, "mug": 5}}}
      """;

  @TempDir private Path folder;

  private Path tokenizer() throws IOException {
    return Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
  }

  private Path file(String name, TinyOnnx model) throws IOException {
    return Files.write(folder.resolve(name), model.build());
  }

  /** Word w has the state (w, 1 − w). */
  private static TinyOnnx states(long texts, long length) {
    float[] table = new float[2 * WORDS];
    for (int w = 0; w < WORDS; w++) {
      table[2 * w] = w;
      table[2 * w + 1] = 1 - w;
    }
    return new TinyOnnx()
        .input("input_ids", TinyOnnx.INT64, texts, length)
        .input("attention_mask", TinyOnnx.INT64, texts, length)
        .weights("table", table, WORDS, 2)
        .node("Gather", "table input_ids", "last_hidden_state")
        .output("last_hidden_state", TinyOnnx.FLOAT, texts, length, 2);
  }

  /** The mean of the states of some words and the two that every text has, of length 1. */
  private static float[] mean(int... words) {
    double first = 0 + 1;
    double second = 1 + 0;
    for (int word : words) {
      first += word;
      second += 1 - word;
    }
    double norm = Math.hypot(first, second);
    return new float[] {(float) (first / norm), (float) (second / norm)};
  }

  @Test
  void aTextIsTheMeanOfItsTokensAndNothingElse() throws IOException {
    try (OnnxSentences encoder = OnnxSentences.open(file("m.onnx", states(-1, -1)), tokenizer())) {
      assertEquals(2, encoder.dims());
      List<float[]> vectors = encoder.encodeBatch(List.of("Red lamp", "mug", "", "mug mug red xy"));
      assertArrayEquals(mean(3, 4), vectors.get(0), 1e-7f);
      assertArrayEquals(mean(5), vectors.get(1), 1e-7f);
      assertArrayEquals(new float[2], vectors.get(2));
      assertArrayEquals(mean(5, 5, 3, 2), vectors.get(3), 1e-7f);
      assertEquals(OnnxSentences.LENGTH, encoder.ids("lamp ".repeat(999)).length);
    }
  }

  @Test
  void modelsOfOtherShapesAreRefusedWithWhatTheyHave() throws IOException {
    Path fixed = file("fixed.onnx", states(-1, 8));
    IOException e = assertThrows(IOException.class, () -> OnnxSentences.open(fixed, tokenizer()));
    assertTrue(
        e.getMessage().contains("fixed.onnx does not fit: expected inputs of any number"),
        e.getMessage());
    TinyOnnx pooled =
        new TinyOnnx()
            .input("input_ids", TinyOnnx.INT64, -1, 4)
            .node("Cast", "input_ids", "text_embeds", "to=1")
            .output("text_embeds", TinyOnnx.FLOAT, -1, 4);
    Path other = file("pooled.onnx", pooled);
    e = assertThrows(IOException.class, () -> OnnxSentences.open(other, tokenizer()));
    assertTrue(e.getMessage().contains("of FLOAT [inputs, tokens, dims]"), e.getMessage());
  }

  @Test
  void theFingerprintChangesWithTheModel() throws IOException {
    Path tokenizer = tokenizer();
    try (OnnxSentences a = OnnxSentences.open(file("a.onnx", states(-1, -1)), tokenizer);
        OnnxSentences b = OnnxSentences.open(file("b.onnx", states(1, -1)), tokenizer)) {
      assertNotEquals(a.fingerprint(), b.fingerprint());
    }
  }
}
