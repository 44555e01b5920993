import seminar.*

// A log in the format of KuaiSAR, and what popularity makes of it
var lab = Seminar.corpus("kuaisar", Path.of("data/world"))
IO.println(lab)
IO.println(lab.popularity())

// The library without a model: vectors, an index, the two rows nearest to a query
var vectors = new float[][] {{1, 0, 0}, {0, 1, 0}, {0.6f, 0.8f, 0}, {0, 0, 1}}
var found = Seminar.index(vectors).search(new float[] {1, 1, 0}, 2)
IO.println(found.top())
/exit
