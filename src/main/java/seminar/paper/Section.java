package seminar.paper;

import java.util.List;

/**
 * A part of the report: a figure or a table, shown where its files are in the folder.
 *
 * @param file name of its files without their ends: a picture {@code .png}, a table {@code .csv},
 *     the numbers {@code .json}
 * @param heading above it
 * @param notice what to notice
 */
record Section(String file, String heading, String notice) {
  /** All of them, in reading order. */
  static final List<Section> ALL =
      List.of(
          new Section(
              "table2",
              "Same head, other choice of events (paper Table 2)",
              "Popularity and neighbours are controls that the paper lacks: look at which models"
                  + " pass them. A model beats SEMINAR, or loses to it, only where the bar on the"
                  + " right leaves the zero line. Models with recency see the order of events,"
                  + " which the paper's attention does not."),
          new Section(
              "table2_own",
              "Each model in the form of its own paper",
              "SIM, TWIN, ETA and SDIM have a second attention to the latest events, SIM and TWIN"
                  + " also how long ago an event was; all take as many supervised epochs as SEMINAR"
                  + " in pretraining and training. Compare SEMINAR, which has neither in its paper,"
                  + " with the lines below that give it both."),
          new Section(
              "table2_all",
              "Models among all items",
              "The same models with every item that a user has not met as a candidate. The ring is"
                  + " the model after a first stage that proposes some items, the cross a mixture"
                  + " of both scores. On the right, how much of the catalogue is in anybody's ten"
                  + " best, and how popular that is: 0.5 would be the catalogue's own mean."),
          new Section(
              "table2_length",
              "Models by the length of the history",
              "Each column is a quarter of the users, the shortest histories first: does the model"
                  + " that is framed change?"),
          new Section(
              "table2_times",
              "Models by how often the item was learned",
              "On the left are items that were never a target of training: who finds them, and"
                  + " among how many?"),
          new Section(
              "learning",
              "How models learn",
              "Look at the first epoch: what a pretrained model knows before it is trained, and"
                  + " where each crosses the line of popularity. The best epoch is kept."),
          new Section(
              "history",
              "A history, and what the model looked at",
              "Frames show events with more than an even share of attention; the pale rest hardly"
                  + " counts. The history is chosen because the model does well on it."),
          new Section(
              "table3",
              "Pretraining losses (paper Table 3)",
              "Each loss alone, all but one, and all: compare bars with the line at zero, which is"
                  + " no pretraining at all, and with each other."),
          new Section(
              "table3_recent",
              "Pretraining losses, few targets",
              "The same where only the last events of a history are targets of training: look at"
                  + " how much more there is to gain."),
          new Section(
              "fig3",
              "Epochs of pretraining (paper Figure 3)",
              "On the right the gain over no pretraining: where does the curve level off?"),
          new Section(
              "fig4",
              "Weight of the query (paper Figure 4)",
              "On the right the difference to λ = .5: the best λ is where a curve is highest, and"
                  + " is distinguishable from its neighbours only where bars leave zero."),
          new Section(
              "cold",
              "Cold items",
              "On the left of the axis are items that were never a target: a model can know them by"
                  + " text, as a vector or as codes, by picture and by attributes alone."),
          new Section(
              "text",
              "Vectors of texts (not in the paper)",
              "The same texts as other vectors: what likeness of texts finds alone, and what a"
                  + " model makes of them that has pictures, attributes and ids as well."),
          new Section(
              "text_recent",
              "Vectors of texts, few targets",
              "The same where only the last events of a history are targets of training, so that"
                  + " more depends on what items say of themselves."),
          new Section(
              "text_cold",
              "Vectors of texts and cold items",
              "On the left of the axis are items that were never a target: there texts must do what"
                  + " ids cannot."),
          new Section(
              "switches",
              "The paper and its released code",
              "Each line is the paper with one thing done as the released code does it; the last"
                  + " has them all."),
          new Section(
              "sequence",
              "Sequence models (not in the paper)",
              "The first line is SEMINAR with a self-attention over the history beside its target"
                  + " attention; below it the same with one part taken away. Does any part cost"
                  + " more than its interval, and do sequence models alone reach it?"),
          new Section(
              "joint_recommendation",
              "Recommendation, learned alone and with search (not in the paper)",
              "Each model is compared to that of its method which learned recommendation alone:"
                  + " what do searches in training add where nobody has typed anything?"),
          new Section(
              "joint_search",
              "Search, learned alone and with recommendation (not in the paper)",
              "The same models, asked for what was searched for with its query beside every"
                  + " candidate; the reference is the one that learned search alone."),
          new Section(
              "clicks",
              "Clicks (paper Table 2, Alipay)",
              "AUC says how clicked stand above not clicked exposures, GAUC the same within users;"
                  + " calibration is predicted over observed clicks and should be 1."),
          new Section(
              "length",
              "Quality against length (not in the paper)",
              "How far each curve climbs towards the black line, the best possible with as many"
                  + " events. Above right: gains belong where the event that matters is old. Below:"
                  + " what an epoch and a request cost."),
          new Section(
              "served",
              "Retrieval inside ranking (not in the paper)",
              "The same trained model, over the events that each search finds: how far below the"
                  + " dashed line does a point lie for the recall that it lost? Bars that reach the"
                  + " line do not say that nothing is lost."),
          new Section(
              "fig2_norm_recall",
              "Recall of retrieval (paper Figure 2, first panel)",
              "The same curves at the settings of the released script and at those that the paper"
                  + " prints: the paper's method is the best at the one and among the last at the"
                  + " other."),
          new Section(
              "fig2_script",
              "Recall at the script's settings (paper Figure 2, all panels)",
              "From left to right histories get longer. Cascades fall with length, and more where"
                  + " norms differ (middle row); product quantisation does not."),
          new Section(
              "fig2_printed",
              "Recall at the printed settings (paper Figure 2, all panels)",
              "The order of the methods is another one: look for the lowest curve, and for that of"
                  + " channels fused before they are quantised."),
          new Section(
              "table4",
              "Recall on learned vectors (paper Table 4)",
              "Beside each number stands the paper's, of other vectors. Learned vectors are kinder"
                  + " to product quantisation than random ones."));
}
