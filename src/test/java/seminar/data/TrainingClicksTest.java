package seminar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TrainingClicksTest {
  @Test
  void clicksAreCountedInTrainingAloneAndATargetDoesNotCountItself() {
    Corpus corpus = RandomHistories.tiny();
    Histories histories = corpus.histories();
    Split split = Split.leaveOneOut(histories);
    TrainingClicks clicks = TrainingClicks.of(histories, split, corpus.catalog().size());
    for (int item = 1; item <= corpus.catalog().size(); item++) {
      int expected = 0;
      for (int user = 0; user < histories.users(); user++) {
        for (int p = 0; p < split.trainEnd(user); p++) {
          expected += histories.item(histories.start(user) + p) == item ? 1 : 0;
        }
      }
      assertEquals(expected, clicks.of(item));
      for (int user = 0; user < histories.users(); user++) {
        for (int p = 0; p < histories.length(user); p++) {
          boolean own =
              p < split.trainEnd(user) && histories.item(histories.start(user) + p) == item;
          assertEquals(expected - (own ? 1 : 0), clicks.others(user, p, item));
        }
        assertEquals(expected, clicks.others(user, histories.length(user), item), "afterwards");
      }
    }
  }

  @Test
  void whatAUserNeverMetAndWhatTheUserMetAreAllItems() {
    Corpus corpus = RandomHistories.tiny();
    Histories histories = corpus.histories();
    for (int user = 0; user < histories.users(); user++) {
      boolean[] left = new boolean[corpus.catalog().size() + 1];
      for (int item : corpus.unmet(user)) {
        left[item] = true;
      }
      for (int item = 1; item < left.length; item++) {
        boolean met = false;
        for (long event = histories.start(user); event < histories.start(user + 1); event++) {
          met |= histories.item(event) == item;
        }
        assertEquals(!met, left[item]);
      }
    }
  }
}
