import {openApiDocument} from '../openapi.ts';
import {operation} from '../operation.ts';
import {codeOf, nameOf, type ProblemCode, problems} from '../problems.ts';
