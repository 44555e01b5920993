import seminar.Seminar;
import seminar.world.WorldOptions;

/** From a small world to an explained answer: {@code ./seminar run docs/examples/Demo.java}. */
void main() throws Exception {
  var lab = Seminar.world(WorldOptions.small().withUsers(120)).withEpochs(2, 10);
  var timed = lab.with(lab.setup().withModel(lab.setup().model().withRecency(8)));
  var model = timed.train(timed.pretrain());

  IO.println("NDCG@10 of popularity %.3f, of SEMINAR %.3f".formatted(lab.popularity().ndcg(10), model.ndcg(10)));

  IO.println("For user 7:");
  model.recommend(7, 3).forEach(item -> IO.println("  " + item.title()));

  var history = model.explain(7);
  var titles = lab.corpus().catalog();
  IO.println("Held out was: " + titles.text(history.target()) + ". It looked at:");
  history.heaviest(3).forEach(event -> IO.println("  " + titles.text(event.item())));
}
