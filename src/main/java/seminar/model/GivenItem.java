package seminar.model;

import java.util.Optional;

/**
 * What an item looks like that is in no catalogue: one that came after training. It has no vector
 * of its own, so its attributes speak for it.
 *
 * @param text its text features, of any length but zero; empty where it has none
 * @param image its picture features; empty where it has none
 * @param attributes numbers of attributes of the catalogue
 */
public record GivenItem(Optional<float[]> text, Optional<float[]> image, int[] attributes) {}
