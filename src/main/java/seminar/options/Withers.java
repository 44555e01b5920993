package seminar.options;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record for which the compiler writes {@code withX(value)}, the same with another value of one
 * component: {@code @Withers record Setup(…) implements SetupBuilder.With}. Several are changed at
 * once by {@code setup.with(s -> s.model(…).method(…))}.
 */
@RecordBuilder.Template(
    options =
        @RecordBuilder.Options(
            addStaticBuilder = false,
            emptyDefaultForOptional = false,
            enableGetters = false,
            inheritComponentAnnotations = false))
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface Withers {}
