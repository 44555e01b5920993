package seminar.serve;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.feature.Encoder;
import seminar.feature.Features;
import seminar.feature.PictureDescriptor;
import seminar.model.GivenItem;

/**
 * What items that come later look like to a model: their texts and pictures through the encoders of
 * the catalogue's features, their attributes by name.
 *
 * <pre>{@code
 * NewItems looks = NewItems.of(corpus);
 * NewItems.Look look = looks.of("a red kettle", Optional.empty(), List.of("kind:kettle"));
 * int item = recommender.addItem("k-1", "a red kettle", look.item());
 * }</pre>
 *
 * <p>Immutable; safe for any number of threads.
 */
public final class NewItems {
  private final Map<String, Integer> attributes = new HashMap<>();
  private final Encoder<String> texts;
  private final Encoder<BufferedImage> pictures;

  /**
   * How an item looks.
   *
   * @param item for {@link Recommender#addItem}
   * @param unknown names of attributes that no item of the catalogue has, which are left out
   */
  public record Look(GivenItem item, List<String> unknown) {}

  private NewItems(Catalog catalog, Encoder<String> texts, Encoder<BufferedImage> pictures) {
    this.texts = texts;
    this.pictures = pictures;
    for (int attribute = 1; attribute <= catalog.attributeVocabulary(); attribute++) {
      attributes.put(catalog.attributeName(attribute), attribute);
    }
  }

  /**
   * For a corpus whose texts are hashed and whose pictures are described by {@link
   * PictureDescriptor}, as they are where no matrix came with it.
   *
   * @throws IllegalArgumentException if text features came as a matrix: give the encoder that made
   *     it
   */
  public static NewItems of(Corpus corpus) {
    if (corpus.features().text().isPresent()) {
      throw new IllegalArgumentException(
          "the text features of %s came as %s: give the encoder that made them"
              .formatted(corpus.manifest().name(), corpus.features().text().get()));
    }
    return of(corpus, Features.textEncoder(corpus.catalog()), PictureDescriptor.encoder());
  }

  /**
   * With the encoders that made the features of a corpus.
   *
   * @param texts encodes titles
   * @param pictures encodes pictures
   */
  public static NewItems of(Corpus corpus, Encoder<String> texts, Encoder<BufferedImage> pictures) {
    return new NewItems(corpus.catalog(), texts, pictures);
  }

  /**
   * How an item looks.
   *
   * @param text blank for none
   * @param names of attributes, such as {@code genre:Comedy}
   * @throws IllegalArgumentException if the text or the picture cannot be encoded
   */
  public Look of(String text, Optional<BufferedImage> picture, List<String> names) {
    List<String> unknown = new ArrayList<>(names);
    unknown.removeIf(attributes::containsKey);
    int[] known =
        names.stream().filter(attributes::containsKey).mapToInt(attributes::get).toArray();
    Optional<float[]> words = text.isBlank() ? Optional.empty() : Optional.of(texts.encode(text));
    return new Look(
        new GivenItem(words, picture.map(pictures::encode), known), List.copyOf(unknown));
  }
}
