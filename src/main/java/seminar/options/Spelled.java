package seminar.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How an option is written as text, where that is not as the code has it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Spelled {
  /** Its name in paths; that of the component where nothing is said. */
  String as() default "";

  /** Names that it had before and that files may still hold: they are read, never written. */
  String[] formerly() default {};

  /** Whether the options of this group go without its name, as if they stood in its place. */
  boolean open() default false;

  /** Whether it is a time, so that a day such as 2023-05-22 may stand for milliseconds. */
  boolean time() default false;
}
