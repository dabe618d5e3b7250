<?php

/** Prints what the extension exports as PHP stubs, for IDEs and static analysis; php/stubs/native.php is its output. */

declare(strict_types=1);

$written = static fn (?ReflectionType $type): string => $type instanceof ReflectionNamedType && !$type->isBuiltin()
    ? ($type->allowsNull() ? '?' : '') . '\\' . $type->getName()
    : (string) $type;
$parameters = static function (ReflectionFunctionAbstract $of) use ($written): string {
    $all = array_map(static function (ReflectionParameter $one) use ($written): string {
        $type = $one->hasType() ? $written($one->getType()) . ' ' : '';

        return $type . '$' . $one->getName() . ($one->isOptional() ? ' = null' : '');
    }, $of->getParameters());

    return implode(', ', $all);
};
$returns = static fn (ReflectionFunctionAbstract $of): string =>
    $of->hasReturnType() ? ': ' . $written($of->getReturnType()) : '';

echo "<?php\n\n// Printed by bindings-php/stubs.php: what the extension alipay_instore exports. Use the classes of the package.\n\n",
    "namespace AlipayInstore\\Native;\n";
$extension = new ReflectionExtension('alipay_instore');
foreach ($extension->getFunctions() as $function) {
    // Only of the build for tests.
    if (!in_array($function->getShortName(), ['arm_panic', 'lose'], true)) {
        echo "\nfunction {$function->getShortName()}({$parameters($function)}){$returns($function)} {}\n";
    }
}
foreach ($extension->getClasses() as $class) {
    echo "\nfinal class {$class->getShortName()}\n{\n";
    foreach ($class->getMethods() as $method) {
        if (!$method->isConstructor()) {
            $static = $method->isStatic() ? 'static ' : '';
            echo "    public {$static}function {$method->getName()}({$parameters($method)}){$returns($method)} {}\n";
        }
    }
    echo "}\n";
}
