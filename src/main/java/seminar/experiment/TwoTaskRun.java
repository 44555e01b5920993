package seminar.experiment;

/**
 * A training measured on both tasks: the same model, asked without queries and with those that were
 * typed.
 *
 * @param name the model
 * @param identity what the training depends on
 * @param recommendation every held-out item, candidates without queries
 * @param search those that were searched for, the query beside every candidate
 */
record TwoTaskRun(String name, Run.Identity identity, Run recommendation, Run search)
    implements RunFolder.Kept {}
