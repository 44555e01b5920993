/**
 * A Jupyter kernel for Java: JShell, in one Java virtual machine with the notebook's class path,
 * behind the Jupyter protocol (the library jjava-jupyter).
 *
 * <p>{@link seminar.kernel.KernelMain} is the program, {@link seminar.kernel.KernelSpec} tells
 * Jupyter how to start it. A cell is cut into snippets and evaluated by {@code Session}; the value
 * of its last expression reaches the renderers as an object, so that an {@code
 * org.dflib.jjava.jupyter.Extension} found by {@link java.util.ServiceLoader} can show any type.
 * Variables keep their values when other cells change what they were made with ({@code Changes}).
 * The package imports nothing else of Seminar and serves any class path.
 */
package seminar.kernel;
